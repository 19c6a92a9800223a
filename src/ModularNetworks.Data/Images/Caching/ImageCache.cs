using System.IO.Hashing;
using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Keeps decoded pictures in a folder, so that each is decoded once.</summary>
/// <remarks>
/// <para>
/// There is a file for each folder of pictures and each size. In it, a picture is found by the checksum (XxHash128) of the bytes of its file: what was changed,
/// replaced or renamed is never taken for what it was, and only what is new is decoded. All files of pictures are therefore read each
/// time, which takes a small part of the time of decoding them.
/// </para>
/// <para>
/// A file of the cache is written beside its place and then renamed, and ends with a checksum. Where it is missing, damaged or of another version,
/// pictures are decoded again; where it cannot be written, nothing is kept. The oldest files go when all take more than 8 GiB. The
/// folder may be deleted at any time.
/// </para>
/// </remarks>
/// <param name="folder">The folder, which need not exist.</param>
public sealed class ImageCache(string folder)
{
    private const string Extension = ".pictures";
    private const long MostBytes = 8L << 30;
    private const int BufferBytes = 1 << 20;

    /// <summary>Is told, after each part of the pictures that had to be decoded, how many of how many are done; null for none.</summary>
    public Action<int, int>? Decoded { get; init; }

    /// <summary>Reads the pictures that are kept of a folder.</summary>
    /// <param name="pictures">The folder of the pictures.</param>
    /// <param name="height">The number of rows of the pictures.</param>
    /// <param name="width">The number of columns of the pictures.</param>
    /// <returns>Null if there are none that can be used.</returns>
    internal PicturePack? Read(string pictures, int height, int width)
    {
        try
        {
            using var file = new BufferedStream(RegularFile.Open(PathOf(pictures, height, width), MostBytes), BufferBytes);
            return PicturePack.Read(file, height, width);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            return null;
        }
    }

    /// <summary>Keeps pictures of a folder, in place of those that were kept of it before.</summary>
    /// <param name="pictures">The folder of the pictures.</param>
    /// <param name="pack">The pictures.</param>
    internal void Write(string pictures, PicturePack pack)
    {
        string path = PathOf(pictures, pack.Height, pack.Width), beside = path + ".new";
        try
        {
            Directory.CreateDirectory(folder);
            WriteBeside(beside, pack);
            File.Move(beside, path, overwrite: true);
            RemoveOldest();
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            // Pictures are then decoded again.
        }
    }

    private static void WriteBeside(string path, PicturePack pack)
    {
        // Who else writes it has it open: one is enough.
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        try
        {
            pack.Write(file);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            // On a full disk, what was written would be in the way of others.
            File.Delete(path);
            throw;
        }
    }

    private void RemoveOldest()
    {
        long bytes = 0;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles($"*{Extension}*").OrderByDescending(file => file.LastWriteTimeUtc))
        {
            bytes += file.Length;
            if (bytes > MostBytes)
                file.Delete();
        }
    }

    private string PathOf(string pictures, int height, int width) => Path.Join(
        folder,
        $"{Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(Path.GetFullPath(pictures)))))}-{width}x{height}{Extension}");

    private static bool IsFailure(Exception exception) => exception is IOException or UnauthorizedAccessException or NotSupportedException;
}
