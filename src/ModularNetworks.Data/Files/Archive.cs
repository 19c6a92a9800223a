using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Reads the files of a data set out of a gzip-compressed tar archive into memory.</summary>
internal static class Archive
{
    // Bounds against damaged and hostile archives, far above what the known data sets need.
    private const long MostBytes = 2L << 30;
    private const long LargestFile = 256L << 20;
    private const int MostEntries = 100_000;

    /// <summary>Whether a file's name says that it is such an archive.</summary>
    public static bool HasArchiveName(string path) =>
        path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the files of a data set; those that the archive lacks are absent from the result.</summary>
    /// <exception cref="DataException">The archive is damaged, too large or may not be read.</exception>
    public static Dictionary<string, byte[]> Read(string path, DataSet dataSet)
    {
        try
        {
            using var file = RegularFile.Open(path, MostBytes);
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            using var checkedTar = new CheckedTar(unpacked);
            using var archive = new TarReader(checkedTar, leaveOpen: true);
            var found = ReadEntries(archive, path, dataSet);
            // The checksum of the whole stands at the end of the compressed data.
            checkedTar.CopyTo(Stream.Null);
            RequireEnd(file, checkedTar.Position);
            return found;
        }
        catch (Exception cause) when (IsDamage(cause))
        {
            throw new DataException(
                $"{path}: is not a complete .tar.gz archive: {cause.Message} Get the archive again, or unpack it and give "
                + "the folder.", cause);
        }
    }

    /// <summary>
    /// Checks the size at the end of the compressed data (RFC 1952, ISIZE). <see cref="GZipStream"/> takes data that end
    /// before their checksum for whole ones, and what follows for nothing.
    /// </summary>
    private static void RequireEnd(Stream file, long unpackedBytes)
    {
        Span<byte> size = stackalloc byte[sizeof(uint)];
        file.Seek(-size.Length, SeekOrigin.End);
        file.ReadExactly(size);
        if (BinaryPrimitives.ReadUInt32LittleEndian(size) != (uint)unpackedBytes)
            throw new InvalidDataException("It ends before its checksum, or with something else.");
    }

    // What the readers of the two formats throw at damaged input, besides what the file system throws.
    private static bool IsDamage(Exception cause) =>
        cause is IOException or InvalidDataException or UnauthorizedAccessException or FormatException
            or ArgumentException or OverflowException or NotSupportedException or InvalidOperationException;

    private static Dictionary<string, byte[]> ReadEntries(TarReader archive, string path, DataSet dataSet)
    {
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (int entries = 0; archive.GetNextEntry() is { } entry; entries++)
        {
            if (entries == MostEntries)
                throw new DataException($"{path}: has more than {MostEntries} entries. Unpack it and give the folder.");
            if (NameInDataSet(entry.Name, dataSet) is not { } name || entry.DataStream is not { } data)
                continue;
            if (entry.Length > LargestFile)
            {
                throw new DataException(
                    $"{path}: its file {entry.Name} has {entry.Length} bytes; at most {LargestFile} are read from an "
                    + "archive. Unpack it and give the folder.");
            }
            using var copy = new MemoryStream();
            data.CopyTo(copy);
            found[name] = copy.ToArray();
        }
        return found;
    }

    private static string? NameInDataSet(string entryName, DataSet dataSet)
    {
        string path = entryName.StartsWith("./", StringComparison.Ordinal) ? entryName[2..] : entryName;
        return dataSet.Files.FirstOrDefault(file => dataSet.Folders.Any(folder => path == folder + file));
    }
}
