using System.IO.Compression;

namespace ModularNetworks.Data;

/// <summary>Reads the files of a data set out of a zip archive.</summary>
internal static class ZipFiles
{
    /// <summary>The most bytes that an archive may have. Its list of entries is held in memory, some hundred bytes for each 46 of the archive.</summary>
    public const long MostBytes = 16L << 20;

    /// <summary>Reads the files; those that the archive lacks are absent from the result.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged or too large. Other exceptions say so too.</exception>
    public static Dictionary<string, byte[]> Read(Stream file, DataSet dataSet)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            if (Archive.NameInDataSet(entry.FullName, dataSet) is not { } name)
                continue;
            using var data = entry.Open();
            found[name] = Archive.ReadEntry(entry.FullName, data, entry.Length);
        }
        return found;
    }
}
