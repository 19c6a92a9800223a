namespace ModularNetworks.Data;

/// <summary>The data sets that the project knows.</summary>
public static class DataSets
{
    private static readonly Uri OptdigitsFolder = new("https://archive.ics.uci.edu/ml/machine-learning-databases/optdigits/");

    /// <summary>The Penn Treebank for language models.</summary>
    public static DataSet PennTreebank { get; } = new(
        "ptb",
        "Penn Treebank, Mikolov's preprocessing: 10,000 words, 929,589 training words",
        "research use; text from the Linguistic Data Consortium's Wall Street Journal",
        new Uri("http://www.fit.vutbr.cz/~imikolov/rnnlm/simple-examples.tgz"),
        ["", "data/", "simple-examples/data/"],
        [new RemoteFile(new Uri("http://www.fit.vutbr.cz/~imikolov/rnnlm/simple-examples.tgz"), MostBytes: 64 << 20)],
        [
            new KnownText(Data.PennTreebank.TrainFile, 5_101_618, "f26c4b92c5fdc7b3f8c7cdcb991d8420", 929_589),
            new KnownText(Data.PennTreebank.ValidFile, 399_782, "aa0affc06ff7c36e977d7cd49e3839bf", 73_760),
            new KnownText(Data.PennTreebank.TestFile, 449_945, "8b80168b89c18661a38ef683c0dc3721", 82_430),
        ]);

    /// <summary>CIFAR-10: small photographs of animals and vehicles.</summary>
    public static DataSet Cifar10 { get; } = new(
        "cifar10",
        "CIFAR-10, binary version: 50,000 training and 10,000 test images of 3x32x32 in 10 classes",
        "cite Krizhevsky 2009, \"Learning Multiple Layers of Features from Tiny Images\"",
        new Uri("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
        ["", "cifar-10-batches-bin/"],
        [
            new RemoteFile(
                new Uri("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
                MostBytes: 170_052_171,
                Md5: "c32a1d4ab5d03f1284b67883e8d87530"),
        ],
        [
            new KnownCifarNames(),
            new KnownCifarBatches(Data.Cifar10.TrainFiles),
            new KnownCifarBatches([Data.Cifar10.TestFile]),
        ]);

    /// <summary>Optdigits: handwritten digits as counts of ink.</summary>
    public static DataSet Optdigits { get; } = new(
        "optdigits",
        "Optical Recognition of Handwritten Digits: 3,823 training and 1,797 test images of 1x8x8",
        "CC BY 4.0; from the UCI Machine Learning Repository",
        new Uri("https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits"),
        [""],
        [
            new RemoteFile(new Uri(OptdigitsFolder, Data.Optdigits.TrainFile), MostBytes: 1 << 20),
            new RemoteFile(new Uri(OptdigitsFolder, Data.Optdigits.TestFile), MostBytes: 1 << 20),
        ],
        [
            new KnownDigits(Data.Optdigits.TrainFile, 376, 389, 380, 389, 387, 376, 377, 387, 380, 382),
            new KnownDigits(Data.Optdigits.TestFile, 178, 182, 177, 183, 181, 182, 181, 179, 174, 180),
        ]);

    /// <summary>All of them, in the order of the listing.</summary>
    public static IReadOnlyList<DataSet> All { get; } = [PennTreebank, Cifar10, Optdigits];

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
    public static IReadOnlyList<string> Verify(string name, string location) => Verify(Get(name), location);

    /// <summary>Compares the files at a location with what is known about a data set.</summary>
    internal static IReadOnlyList<string> Verify(DataSet dataSet, string location)
    {
        var files = DataFiles.Find(location, dataSet);
        return [.. dataSet.Contents.SelectMany(known => known.Problems(files))];
    }
}
