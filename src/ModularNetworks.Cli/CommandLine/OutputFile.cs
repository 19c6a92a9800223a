using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.CommandLine;

/// <summary>The file of a command's option <c>--output</c>: one that is not there yet, or that may be replaced. It is written as a whole.</summary>
internal sealed class OutputFile
{
    private readonly string _command;

    private OutputFile(string command, string path) => (_command, Path) = (command, path);

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Checks that a file may be written, or replaced.</summary>
    /// <param name="command">The command's name, for messages.</param>
    /// <param name="name">The file's name, as it was given.</param>
    /// <exception cref="UserErrorException">It is empty, something else than a file, or belongs to a run.</exception>
    public static OutputFile Of(string command, string name)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new UserErrorException($"{command}: --output is empty. Name a file, or leave it out.");
        var file = new OutputFile(command, System.IO.Path.GetFullPath(name));
        file.RequireReplaceable();
        return file;
    }

    /// <summary>Writes the file; one that is there is replaced when all is written.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="write">Writes the content. Where it throws, the file stays as it was.</param>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public void Write(IDisk disk, Action<Stream> write)
    {
        bool isWhole = false;
        try
        {
            WholeFile.Write(disk, Path, write);
            isWhole = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string reason = exception.Message.Replace(WholeFile.Unfinished, "", StringComparison.Ordinal);
            throw new UserErrorException(
                $"{_command}: --output {Path} cannot be written: {reason} Name a file in a folder that is there and may be written to.", exception);
        }
        finally
        {
            if (!isWhole)
                Discard(disk);
        }
    }

    private void Discard(IDisk disk)
    {
        try
        {
            disk.DeleteFile(Path + WholeFile.Unfinished);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Why the file was not written is told already.
        }
    }

    private void RequireReplaceable()
    {
        if (Directory.Exists(Path))
            throw Refusal("is a folder. Name a file");
        if (new FileInfo(Path).LinkTarget is not null)
            throw Refusal("is a link, which would be replaced. Name the file that it leads to, or another one,");
        if (RunFiles.Includes(Path))
            throw Refusal("is a file of a run. Name another file");
        try
        {
            RegularFile.Require(Path);
        }
        catch (IOException)
        {
            throw Refusal("is no regular file and would be replaced. Name another file");
        }
    }

    private UserErrorException Refusal(string problem) => new($"{_command}: {Path} {problem} with --output.");
}
