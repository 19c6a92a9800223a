namespace ModularNetworks.Data;

/// <summary>The catalogue of the data sets that the project knows. A new data set is added to <see cref="All"/>.</summary>
public static class DataSets
{
    /// <summary>All known data sets, in the order of the listing.</summary>
    public static IReadOnlyList<DataSet> All { get; } =
    [
        PennTreebank.DataSet, WikiText2.DataSet, TinyShakespeare.DataSet, Cifar10.DataSet, Mnist.DataSet, FashionMnist.DataSet, Optdigits.DataSet,
        Diamonds.DataSet,
    ];

    /// <summary>The data set of a name.</summary>
    /// <exception cref="DataException">No data set has the name.</exception>
    public static DataSet Get(string name) =>
        All.FirstOrDefault(dataSet => dataSet.Name == name)
        ?? throw new DataException(
            $"Unknown data set '{name}'; known are {string.Join(", ", All.Select(dataSet => dataSet.Name))}. "
            + "See 'modnet data list'.");

    /// <summary>Compares the files at a location with the facts that are known about a data set.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="location">A folder or an archive.</param>
    /// <returns>The problems, a line each; empty if there are none.</returns>
    /// <exception cref="DataException">The data set is unknown, or there is nothing to read at the location.</exception>
    public static IReadOnlyList<string> Verify(string name, string location) => Verify(Get(name), location);

    /// <summary>Compares the files at a location with the facts that are known about a data set.</summary>
    internal static IReadOnlyList<string> Verify(DataSet dataSet, string location)
    {
        var files = DataFiles.Find(location, dataSet);
        return [.. dataSet.Contents.SelectMany(known => known.Problems(files))];
    }
}
