namespace ModularNetworks.Data;

/// <summary>The data sets that the project knows.</summary>
public static class DataSets
{
    /// <summary>The Penn Treebank for language models.</summary>
    public static DataSet PennTreebank { get; } = new(
        "ptb",
        "Penn Treebank, Mikolov's preprocessing: 10,000 words, 929,589 training words",
        "research use; text from the Linguistic Data Consortium's Wall Street Journal",
        new Uri("http://www.fit.vutbr.cz/~imikolov/rnnlm/simple-examples.tgz"),
        ["", "data/", "simple-examples/data/"],
        [
            new DataFile(Data.PennTreebank.TrainFile, 5_101_618, "f26c4b92c5fdc7b3f8c7cdcb991d8420", 929_589),
            new DataFile(Data.PennTreebank.ValidFile, 399_782, "aa0affc06ff7c36e977d7cd49e3839bf", 73_760),
            new DataFile(Data.PennTreebank.TestFile, 449_945, "8b80168b89c18661a38ef683c0dc3721", 82_430),
        ]);

    /// <summary>All of them, in the order of the listing.</summary>
    public static IReadOnlyList<DataSet> All { get; } = [PennTreebank];

    /// <summary>The data set of a name.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static DataSet Get(string name) =>
        All.FirstOrDefault(dataSet => dataSet.Name == name)
        ?? throw new DataException(
            $"Unknown data set '{name}'; known are {string.Join(", ", All.Select(dataSet => dataSet.Name))}. "
            + "See 'modnet data list'.");

    /// <summary>Compares the files at a location with what is known about a data set.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="location">A folder or an archive.</param>
    /// <returns>What is wrong, one line each; empty if all is well.</returns>
    /// <exception cref="DataException">The data set is unknown, or there is nothing to read at the location.</exception>
    public static IReadOnlyList<string> Verify(string name, string location) =>
        DataSetCheck.Run(Get(name), location);
}
