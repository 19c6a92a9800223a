namespace ModularNetworks.Data;

/// <summary>The files of one data set, where they were found: in a folder or in an archive.</summary>
internal sealed class DataFiles
{
    private readonly string _location;
    private readonly DataSet _dataSet;
    private readonly Dictionary<string, byte[]>? _archived;

    private DataFiles(string location, DataSet dataSet, Dictionary<string, byte[]>? archived)
    {
        _location = location;
        _dataSet = dataSet;
        _archived = archived;
    }

    /// <summary>Looks at a folder or reads the files out of an archive; a single file may still be missing.</summary>
    /// <exception cref="DataException">There is no such folder or archive, or the archive is damaged.</exception>
    public static DataFiles Find(string location, DataSet dataSet)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        if (Directory.Exists(location))
            return new DataFiles(location, dataSet, archived: null);
        if (!File.Exists(location))
        {
            throw new DataException(
                $"{location}: no such folder or archive; the data set '{dataSet.Name}' was expected there. Check the path.");
        }
        if (!Archive.HasArchiveName(location))
        {
            throw new DataException(
                $"{location}: is a file; the data set '{dataSet.Name}' is a folder or an archive (.tgz, .tar.gz). Give the "
                + "folder that holds the file.");
        }
        return new DataFiles(location, dataSet, Archive.Read(location, dataSet));
    }

    /// <summary>Whether there is a file of this name.</summary>
    public bool Has(string name) =>
        _archived is not null ? _archived.ContainsKey(name) : File.Exists(PathInFolder(name));

    /// <summary>Where a file is, or would be, for messages.</summary>
    public string PathOf(string name) => _archived is not null ? $"{_location}({name})" : PathInFolder(name);

    /// <summary>Opens a file.</summary>
    /// <exception cref="DataException">The file is missing or may not be read.</exception>
    public Stream Open(string name)
    {
        if (!Has(name))
            throw new DataException($"{Missing(name)} See 'modnet data list' for where the data comes from.");
        if (_archived is not null)
            return new MemoryStream(_archived[name], writable: false);
        try
        {
            return File.OpenRead(PathInFolder(name));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{PathInFolder(name)}: cannot be opened: {cause.Message}", cause);
        }
    }

    /// <summary>Says that a file is missing and where it was looked for.</summary>
    public string Missing(string name) =>
        $"{_location}: the file {name} of the data set '{_dataSet.Name}' is missing; looked for "
        + $"{string.Join(", ", _dataSet.Folders.Select(folder => folder + name))} in it.";

    private string PathInFolder(string name)
    {
        var candidates = _dataSet.Folders.Select(folder => Path.Join(_location, folder, name));
        return candidates.FirstOrDefault(File.Exists) ?? Path.Join(_location, name);
    }
}
