using System.Text;

namespace ModularNetworks.Engine;

/// <summary>
/// Reads files: regular ones only, and of each no more bytes than its reader states. All files that others may have put there,
/// such as data and the files of runs, are read this way.
/// </summary>
/// <remarks>
/// Pipes, devices and sockets are told by what the file system says of them and are never opened: opening a pipe waits for
/// somebody who writes it, and some devices act when they are opened. Bytes are counted while they are read: a file may grow, and
/// may have more bytes than it told.
/// </remarks>
public static class RegularFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Opens a file; whoever writes, replaces or deletes it meanwhile is not kept from it.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="mostBytes">The most bytes that it may have.</param>
    /// <param name="within">A folder that links must not lead out of; null if they may lead anywhere.</param>
    /// <returns>A stream that can seek. Its length is what the file has just now.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">
    /// It is no regular file, leads out of the folder, has too many bytes (also later, when they are read), or cannot be read.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Stream Open(string path, long mostBytes, string? within = null)
    {
        var file = new FileStream(Find(path, within), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length <= mostBytes)
            return new BoundedStream(file, path, mostBytes);
        file.Dispose();
        throw BoundedStream.TooLarge(path, mostBytes);
    }

    /// <summary>Reads all bytes of a file.</summary>
    /// <inheritdoc cref="Open"/>
    /// <returns>The bytes.</returns>
    public static byte[] ReadBytes(string path, long mostBytes, string? within = null)
    {
        using var file = Open(path, mostBytes, within);
        // Growing files need a little more room than they told.
        using var bytes = new MemoryStream(checked((int)file.Length));
        file.CopyTo(bytes, BufferBytes);
        return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
    }

    /// <summary>Reads a file as text: UTF-8, unless a byte order mark says otherwise.</summary>
    /// <inheritdoc cref="Open"/>
    /// <returns>The text.</returns>
    public static string ReadText(string path, long mostBytes, string? within = null)
    {
        using var file = new StreamReader(Open(path, mostBytes, within), Encoding.UTF8);
        return file.ReadToEnd();
    }

    /// <summary>Checks a place before a file is read or written there by other means: there must be nothing, or a regular file.</summary>
    /// <inheritdoc cref="Open"/>
    public static void Require(string path, string? within = null) => Find(path, within);

    /// <summary>The path of a file without links.</summary>
    private static string Find(string path, string? within)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // One question is enough for most files: links of folders may lead anywhere then, and pipes, devices and sockets are empty.
        if (within is null && new FileInfo(path) is { Exists: true, Length: > 0 } file && !file.Attributes.HasFlag(FileAttributes.ReparsePoint))
            return path;
        string real = RealPath.Of(path);
        // The folder of a name alone is empty, and stands for the current one.
        if (within is not null && !RealPath.IsBelow(real, RealPath.Of(within.Length > 0 ? within : ".")))
            throw new IOException($"'{path}' leads outside of the folder '{within}'; only files in it are read.");
        return KindOf(path, real) is { } kind
            ? throw new IOException($"'{path}' is {kind}; only regular files are read.")
            : real;
    }

    private static string? KindOf(string path, string real) => FileKind.OtherThanRegular(real)
        // Links to the open files of processes, as shells write for <(...), lead to no name.
        ?? (File.Exists(path) && !File.Exists(real) ? "a pipe, or a file that was deleted" : null);
}
