using System.Formats.Tar;
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
        // Devices, pipes and sockets have no length.
        if (there.Exists && there.Length == 0 && !IsRegular(file))
            throw new UserErrorException($"report: {file} is no regular file and would be replaced. Name another file with --output.");
        if (RunFiles.Includes(file))
            throw new UserErrorException($"report: {file} is a file of a run. Name another file with --output.");
    }

    // Only the writer of tar archives tells kinds of files apart without opening them.
    private static bool IsRegular(string emptyFile)
    {
        using var archive = new MemoryStream();
        try
        {
            using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
                writer.WriteEntry(emptyFile, "file");
        }
        catch (IOException)
        {
            return false; // Archives have no sockets.
        }
        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType == TarEntryType.RegularFile;
    }
}
