using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Reads the files of a data set out of an archive into memory: <c>.tgz</c>, <c>.tar.gz</c> or <c>.zip</c>.</summary>
internal static class Archive
{
    /// <summary>The most bytes that are read of one file in an archive, far above what the known data sets have.</summary>
    public const long LargestFile = 256L << 20;

    /// <summary>Whether a file's name says that it is such an archive.</summary>
    public static bool HasArchiveName(string path) =>
        IsZip(path)
        || path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the files of a data set; those that the archive lacks are absent from the result.</summary>
    /// <exception cref="DataException">The archive is damaged, too large or may not be read.</exception>
    public static Dictionary<string, byte[]> Read(string path, DataSet dataSet)
    {
        try
        {
            using var file = RegularFile.Open(path, IsZip(path) ? ZipFiles.MostBytes : TarFiles.MostBytes);
            return IsZip(path) ? ZipFiles.Read(file, dataSet) : TarFiles.Read(file, dataSet);
        }
        catch (Exception cause) when (IsDamage(cause))
        {
            throw new DataException(
                $"{path}: is not a complete {(IsZip(path) ? ".zip" : ".tar.gz")} archive: {cause.Message} Get the archive again, or unpack "
                + "it and give the folder.", cause);
        }
    }

    /// <summary>The name of the data set's file that an entry is; null if it is none.</summary>
    public static string? NameInDataSet(string entryName, DataSet dataSet)
    {
        string path = entryName.StartsWith("./", StringComparison.Ordinal) ? entryName[2..] : entryName;
        return dataSet.Files.FirstOrDefault(file => dataSet.Folders.Any(folder => path == folder + file));
    }

    /// <summary>Reads a file of an archive.</summary>
    /// <param name="name">The name of the entry.</param>
    /// <param name="data">The file, unpacked.</param>
    /// <param name="length">The bytes that the archive says it has.</param>
    /// <exception cref="InvalidDataException">It has too many bytes.</exception>
    public static byte[] ReadEntry(string name, Stream data, long length)
    {
        if (length > LargestFile)
            throw new InvalidDataException($"Its file {name} has {Counted.Of(length, "byte")}; at most {LargestFile} are read from an archive.");
        using var copy = new MemoryStream();
        data.CopyTo(copy);
        return copy.ToArray();
    }

    private static bool IsZip(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    // What the readers of the formats throw at damaged input, besides what the file system throws.
    private static bool IsDamage(Exception cause) =>
        cause is IOException or InvalidDataException or UnauthorizedAccessException or FormatException
            or ArgumentException or OverflowException or NotSupportedException or InvalidOperationException;
}
