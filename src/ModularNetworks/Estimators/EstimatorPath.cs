using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Opens and replaces the files of estimators. What goes wrong is told by the path that was given.</summary>
internal static class EstimatorPath
{
    private const string Unfinished = ".writing";

    /// <summary>Writes a file. One that was there stays until the new one is whole.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string owner, string path, Action<Stream> write)
    {
        RequirePath(owner, path, "Give the file to write");
        bool isBegun = false;
        try
        {
            Replace(path, stream =>
            {
                isBegun = true;
                write(stream);
            });
        }
        catch (Exception exception)
        {
            if (isBegun && File.Exists(path + Unfinished))
                File.Delete(path + Unfinished);
            if (exception is IOException or UnauthorizedAccessException)
                throw new IOException($"{owner}: {path} cannot be written: {ReasonOf(path, exception)}", exception);
            throw;
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CheckpointException">It is not there, damaged, or of something else.</exception>
    public static T Read<T>(string owner, string path, Func<Stream, T> read) => Read(owner, path, read, $"Give a file that {owner}.Save wrote");

    /// <summary>Reads a file, with an advice of its own where it cannot be read.</summary>
    public static T Read<T>(string owner, string path, Func<Stream, T> read, string advice)
    {
        RequirePath(owner, path, advice);
        try
        {
            using var stream = RegularFile.Open(path, long.MaxValue);
            return read(stream);
        }
        catch (Exception exception) when (exception is CheckpointException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{owner}: {path} cannot be loaded: {exception.Message.TrimEnd('.')}. {advice}.", exception);
        }
    }

    private static void Replace(string path, Action<Stream> write)
    {
        var disk = new Disk();
        disk.Write(path + Unfinished, write);
        disk.Move(path + Unfinished, path);
    }

    private static string ReasonOf(string path, Exception exception)
    {
        if (Directory.Exists(path))
            return "it is a folder. Give a file in it.";
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        return Directory.Exists(folder)
            ? $"{exception.Message.Replace(path + Unfinished, path, StringComparison.Ordinal).TrimEnd('.')}. Give another file, or mend what is told."
            : $"there is no folder {folder}. Make it first, or give another file.";
    }

    private static void RequirePath(string owner, string path, string advice)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0)
            throw new ArgumentException($"{owner}: the path is empty. {advice}.", nameof(path));
    }
}
