using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary>The file that a report is written to: one that is not there yet, or a file that may be replaced.</summary>
internal static class ReportFile
{
    /// <summary>Checks that a file may be written, or replaced.</summary>
    /// <param name="file">The file's full path.</param>
    /// <exception cref="UserErrorException">It is something else than a file, or belongs to a run.</exception>
    public static void RequireReplaceable(string file)
    {
        if (Directory.Exists(file))
            throw new UserErrorException($"report: {file} is a folder. Name a file with --output.");
        var there = new FileInfo(file);
        if (there.LinkTarget is not null)
            throw new UserErrorException($"report: {file} is a link, which would be replaced. Name the file that it leads to, or another one, with --output.");
        if (RunFiles.Includes(file))
            throw new UserErrorException($"report: {file} is a file of a run. Name another file with --output.");
        RequireRegular(file);
    }

    private static void RequireRegular(string file)
    {
        try
        {
            RegularFile.Require(file);
        }
        catch (IOException exception)
        {
            throw new UserErrorException($"report: {file} is no regular file and would be replaced. Name another file with --output.", exception);
        }
    }
}
