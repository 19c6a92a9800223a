namespace ModularNetworks.Data;

/// <summary>The places where data sets are looked for when the user names none.</summary>
/// <param name="DataFolder">
/// The value of the environment variable <c>MODNET_DATA</c>: a folder with one folder a data set, such as <c>ptb</c>; null
/// if the variable is not set.
/// </param>
/// <param name="CacheFolder">The user's cache folder; data sets are looked for in its <c>modnet/data</c>; null if the user has none.</param>
public sealed record DataLocation(string? DataFolder, string? CacheFolder)
{
    /// <summary>The name of the environment variable that says where data sets are.</summary>
    public const string VariableName = "MODNET_DATA";

    /// <summary>Finds a data set: where the user says, else in the data folder, else in the cache folder.</summary>
    /// <param name="option">The file, folder or archive that the user named, or null.</param>
    /// <param name="dataSet">The data set's name.</param>
    /// <param name="canBeDownloaded">Whether <c>modnet data get</c> knows the data set; data of one's own it does not.</param>
    /// <returns>An existing file, folder or archive.</returns>
    /// <exception cref="DataException">There is none.</exception>
    public string Resolve(string? option, string dataSet, bool canBeDownloaded = true)
    {
        if (option is not null)
        {
            return Exists(option)
                ? option
                : throw new DataException($"--data {option}: no such file, folder or archive. Check the path.");
        }
        if (Find(dataSet) is { } found)
            return found;
        if (!canBeDownloaded)
            throw new DataException($"--data is needed: 'modnet train {dataSet}' trains on data of your own. Give them with --data.");
        string looked = InFolder(dataSet) is { } inFolder ? $"not in {inFolder} ({VariableName})" : $"{VariableName} is not set";
        string cache = CacheFolder is null ? "there is no home folder with a cache" : $"not in {InCache(dataSet)}";
        throw new DataException(
            $"The data set '{dataSet}' was not found: {looked}, {cache}. Give its folder or archive with --data; 'modnet data get {dataSet}' downloads it.");
    }

    /// <summary>Finds a data set in the data folder, else in the cache folder.</summary>
    /// <returns>An existing folder or archive; null if there is none.</returns>
    public string? Find(string dataSet)
    {
        if (InFolder(dataSet) is { } inFolder && Exists(inFolder))
            return inFolder;
        return CacheFolder is not null && Exists(InCache(dataSet)) ? InCache(dataSet) : null;
    }

    /// <summary>The data set's folder in the cache folder, which need not exist.</summary>
    /// <exception cref="DataException">The user has no cache folder.</exception>
    public string InCache(string dataSet) => Cache("data") is { } folder
        ? Path.Join(folder, dataSet)
        : throw new DataException(
            $"The data set '{dataSet}' has no place: there is no home folder with a cache. Set HOME or XDG_CACHE_HOME to an absolute path, or name a folder with --to.");

    /// <summary>A folder of the tool in the cache folder, which need not exist.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Null if the user has no cache folder.</returns>
    public string? Cache(string name) => CacheFolder is null ? null : Path.Join(CacheFolder, "modnet", name);

    private string? InFolder(string dataSet) => string.IsNullOrEmpty(DataFolder) ? null : Path.Join(DataFolder, dataSet);

    private static bool Exists(string path) => Directory.Exists(path) || File.Exists(path);
}
