using System.Formats.Tar;
using System.IO.Compression;

namespace ModularNetworks.Data.Tests;

/// <summary>Makes <c>.tar.gz</c> and <c>.zip</c> archives.</summary>
internal static class SmallArchive
{
    /// <summary>An archive of files, with another file beside them.</summary>
    public static byte[] Of(params IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        using (var archive = new TarWriter(packed))
        {
            foreach (var (name, content) in files.Prepend(("README", [.. "not part of the data set"u8])))
            {
                archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(content),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                });
            }
        }
        return bytes.ToArray();
    }

    /// <summary>A zip archive of files.</summary>
    public static byte[] Zip(params IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                var entry = archive.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }
        return bytes.ToArray();
    }
}
