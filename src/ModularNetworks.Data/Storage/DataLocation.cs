namespace ModularNetworks.Data;

/// <summary>The places where data sets are looked for when the user names none.</summary>
/// <param name="DataFolder">
/// The value of the environment variable <c>MODNET_DATA</c>: a folder with one folder a data set, such as <c>ptb</c>; null
/// if the variable is not set.
/// </param>
/// <param name="CacheFolder">The user's cache folder; data sets are looked for in its <c>modnet/data</c>.</param>
public sealed record DataLocation(string? DataFolder, string CacheFolder)
{
    /// <summary>The name of the environment variable that says where data sets are.</summary>
    public const string VariableName = "MODNET_DATA";

    /// <summary>Finds a data set: where the user says, else in the data folder, else in the cache folder.</summary>
    /// <param name="option">The folder or archive that the user named, or null.</param>
    /// <param name="dataSet">The data set's name.</param>
    /// <returns>An existing folder or archive.</returns>
    /// <exception cref="DataException">There is none.</exception>
    public string Resolve(string? option, string dataSet)
    {
        if (option is not null)
        {
            return Exists(option)
                ? option
                : throw new DataException(
                    $"--data {option}: no such folder or archive; the data set '{dataSet}' was expected there. Check the path.");
        }
        string inCache = Path.Join(CacheFolder, "modnet", "data", dataSet);
        string? inFolder = string.IsNullOrEmpty(DataFolder) ? null : Path.Join(DataFolder, dataSet);
        if (inFolder is not null && Exists(inFolder))
            return inFolder;
        if (Exists(inCache))
            return inCache;
        string looked = inFolder is null ? $"{VariableName} is not set" : $"not in {inFolder} ({VariableName})";
        throw new DataException(
            $"The data set '{dataSet}' was not found: {looked}, not in {inCache}. Give its folder or archive with --data; "
            + "'modnet data list' says where it comes from.");
    }

    private static bool Exists(string path) => Directory.Exists(path) || File.Exists(path);
}
