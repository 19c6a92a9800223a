using System.Formats.Tar;
using System.IO.Compression;

namespace ModularNetworks.Data;

/// <summary>Reads the files of a data set out of a gzip-compressed tar archive.</summary>
internal static class TarFiles
{
    /// <summary>The most bytes that an archive may have.</summary>
    public const long MostBytes = 2L << 30;

    // A bound against damaged and hostile archives, far above what the known data sets need.
    private const int MostEntries = 100_000;

    /// <summary>Reads the files; those that the archive lacks are absent from the result.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged or too large. Other exceptions say so too.</exception>
    public static Dictionary<string, byte[]> Read(Stream file, DataSet dataSet)
    {
        using var unpacked = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        using var checkedTar = new CheckedTar(unpacked);
        using var archive = new TarReader(checkedTar, leaveOpen: true);
        var found = ReadEntries(archive, dataSet);
        // The checksum of the whole stands at the end of the compressed data.
        checkedTar.CopyTo(Stream.Null);
        GzipEnd.Require(file, checkedTar.Position);
        return found;
    }

    private static Dictionary<string, byte[]> ReadEntries(TarReader archive, DataSet dataSet)
    {
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (int entries = 0; archive.GetNextEntry() is { } entry; entries++)
        {
            if (entries == MostEntries)
                throw new InvalidDataException($"It has more than {MostEntries} entries.");
            if (Archive.NameInDataSet(entry.Name, dataSet) is { } name && entry.DataStream is { } data)
                found[name] = Archive.ReadEntry(entry.Name, data, entry.Length);
        }
        return found;
    }
}
