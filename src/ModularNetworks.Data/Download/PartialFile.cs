using System.Security.Cryptography;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// A file while it is downloaded: its bytes under the name <c>*.part</c>, and beside it, under <c>*.part.tag</c>, which
/// version of the file they are of.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    // An ETag or a date.
    private const long MostTagBytes = 1 << 16;

    private readonly string _path;
    private readonly FileStream _stream;

    private PartialFile(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
    }

    /// <summary>The number of bytes that are there.</summary>
    public long Length => _stream.Length;

    /// <summary>
    /// The version that the bytes are of, as the server named it (an ETag or a date); null if it is unknown.
    /// </summary>
    public string? Tag => Length > 0 && File.Exists(TagPath) && RegularFile.ReadText(TagPath, MostTagBytes) is { Length: > 0 } tag ? tag : null;

    private string TagPath => _path + ".part.tag";

    /// <summary>Opens a file to go on with it, or begins it. No other process can write it meanwhile.</summary>
    /// <param name="path">The path of the whole file.</param>
    /// <exception cref="DataException">The file cannot be written.</exception>
    public static PartialFile Open(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            RegularFile.Require(path + ".part");
            RegularFile.Require(path + ".part.tag");
            var stream = new FileStream(path + ".part", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            stream.Seek(0, SeekOrigin.End);
            return new PartialFile(path, stream);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, cause);
        }
    }

    /// <summary>Deletes the bytes that are there.</summary>
    /// <param name="tag">The version of the file that comes now; null if the server does not name one.</param>
    public void Restart(string? tag) => Write(() =>
    {
        _stream.SetLength(0);
        // Before the first byte, so that bytes never stand beside the name of another version.
        File.WriteAllText(TagPath, tag);
    });

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlyMemory<byte> bytes) => Write(() => _stream.Write(bytes.Span));

    /// <summary>The SHA-256 checksum of the bytes that are there, in lower-case hexadecimal digits.</summary>
    public string Sha256()
    {
        string sha256 = "";
        Write(() =>
        {
            _stream.Seek(0, SeekOrigin.Begin);
            sha256 = Convert.ToHexStringLower(SHA256.HashData(_stream));
        });
        return sha256;
    }

    /// <summary>Gives the whole file its name. The object must not be used afterwards.</summary>
    public void Complete() => Write(() =>
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_path + ".part", _path, overwrite: true);
        File.Delete(TagPath);
    });

    /// <summary>Deletes the partial file. The object must not be used afterwards.</summary>
    public void Delete() => Write(() =>
    {
        _stream.Dispose();
        File.Delete(_path + ".part");
        File.Delete(TagPath);
    });

    /// <summary>Closes the file; its bytes stay for another call, if there are any.</summary>
    public void Dispose()
    {
        bool isEmpty = _stream.CanSeek && Length == 0;
        _stream.Dispose();
        if (isEmpty)
            Delete();
    }

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(_path, cause);
        }
    }

    private static DataException CannotWrite(string path, Exception cause) => new(
        $"{path}.part: cannot be written: {UnmadeFolder.ReasonOf(path + ".part", cause)}. Check the folder, the space on its disk, and that no other "
        + "download writes it; the same command goes on.",
        cause);
}
