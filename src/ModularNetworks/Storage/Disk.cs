using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The machine's disks.</summary>
public sealed class Disk : IDisk
{
    /// <inheritdoc/>
    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        RequireFile(path);
        using var stream = new FileStream(path, FileMode.Create);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Append(string path, byte[] bytes)
    {
        RequireFile(path);
        File.AppendAllBytes(path, bytes);
    }

    /// <inheritdoc/>
    public void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read);
        file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Move(string source, string target)
    {
        if (Directory.Exists(source))
            Directory.Move(source, target);
        else
            File.Move(source, target, overwrite: true);
    }

    /// <inheritdoc/>
    public void DeleteFile(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void DeleteFolder(string path) => Directory.Delete(path, recursive: true);

    // A pipe would wait for somebody who reads it, and a link could lead to any file.
    private static void RequireFile(string path) => RegularFile.Require(path, within: Path.GetDirectoryName(path));
}
