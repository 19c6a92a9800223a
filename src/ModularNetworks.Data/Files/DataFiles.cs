using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// The files of one data set, where they were found: in a folder, each as it is or compressed as <c>.xz</c>, or in an
/// archive. A folder that lacks files and holds the official archive stands for that.
/// </summary>
internal sealed class DataFiles
{
    // Far above what the known data sets have.
    private const long MostBytes = 1L << 30;

    private readonly DataSet _dataSet;
    private readonly Dictionary<string, byte[]>? _archived;

    private DataFiles(string location, DataSet dataSet, Dictionary<string, byte[]>? archived)
    {
        Location = location;
        _dataSet = dataSet;
        _archived = archived;
    }

    /// <summary>Finds the files in a folder, or reads them out of an archive. Single files may be missing.</summary>
    /// <exception cref="DataException">
    /// There is no such folder or archive, or the archive is damaged.
    /// </exception>
    public static DataFiles Find(string location, DataSet dataSet)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        if (Directory.Exists(location))
        {
            var files = InFolder(location, dataSet);
            if (!dataSet.Files.All(files.Has) && ArchiveIn(location, dataSet) is { } archive)
                return Find(archive, dataSet);
            return files;
        }
        if (!File.Exists(location))
        {
            throw new DataException(
                $"{location}: no such folder or archive; the data set '{dataSet.Name}' was expected there. Check the path.");
        }
        if (!Archive.HasArchiveName(location))
        {
            throw new DataException(
                $"{location}: is a file; the data set '{dataSet.Name}' is a folder or an archive (.tgz, .tar.gz, .zip). Give the "
                + "folder that holds the file.");
        }
        return new DataFiles(location, dataSet, Archive.Read(location, dataSet));
    }

    /// <summary>The files that lie in a folder, not those of an archive in it.</summary>
    public static DataFiles InFolder(string folder, DataSet dataSet) => new(folder, dataSet, archived: null);

    /// <summary>The folder or archive.</summary>
    public string Location { get; }

    /// <summary>Whether there is a file of this name.</summary>
    public bool Has(string name) =>
        _archived is not null ? _archived.ContainsKey(name) : File.Exists(PathInFolder(name));

    /// <summary>The path of a file, for messages; the file need not exist.</summary>
    public string PathOf(string name) => _archived is not null ? $"{Location}({name})" : PathInFolder(name);

    /// <summary>Opens a file; the stream gives what is in it, unpacked, and may not know its length.</summary>
    /// <exception cref="DataException">The file is missing or may not be read.</exception>
    public Stream Open(string name)
    {
        if (!Has(name))
            throw new DataException($"{Missing(name)} See 'modnet data list' for where the data comes from.");
        if (_archived is not null)
            return new MemoryStream(_archived[name], writable: false);
        string path = PathInFolder(name);
        try
        {
            return IsCompressed(path) ? XzFile.Open(path) : RegularFile.Open(path, MostBytes);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw UnopenedFile.Because(path, cause, "Give a file that can be read.");
        }
    }

    /// <summary>Says that a file is missing and where it was looked for.</summary>
    public string Missing(string name) =>
        $"{Location}: the file {name} of the data set '{_dataSet.Name}' is missing; looked for "
        + $"{string.Join(", ", _dataSet.Folders.Select(folder => folder + name))} in it"
        + $"{(_archived is null ? $", also with {XzFile.Extension}" : "")}.";

    private static bool IsCompressed(string path) => path.EndsWith(XzFile.Extension, StringComparison.Ordinal);

    private static string? ArchiveIn(string folder, DataSet dataSet) => dataSet.Downloads
        .Where(file => Archive.HasArchiveName(file.Name))
        .Select(file => Path.Join(folder, file.Name))
        .FirstOrDefault(File.Exists);

    private string PathInFolder(string name)
    {
        var candidates = _dataSet.Folders.Select(folder => Path.Join(Location, folder, name));
        return candidates.SelectMany(path => (string[])[path, path + XzFile.Extension]).FirstOrDefault(File.Exists)
            ?? Path.Join(Location, name);
    }
}
