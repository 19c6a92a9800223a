namespace ModularNetworks.Data;

/// <summary>
/// The Penn Treebank in Mikolov's preprocessing: 929,589 training, 73,760 validation and 82,430 test words with
/// <c>&lt;eos&gt;</c>, of 10,000 different ones.
/// </summary>
public static class PennTreebank
{
    /// <summary>The file of the training split.</summary>
    public const string TrainFile = "ptb.train.txt";

    /// <summary>The file of the validation split.</summary>
    public const string ValidFile = "ptb.valid.txt";

    /// <summary>The file of the test split.</summary>
    public const string TestFile = "ptb.test.txt";

    /// <summary>The description of the data set and its files.</summary>
    public static DataSet DataSet { get; } = new(
        "ptb",
        "Penn Treebank, Mikolov's preprocessing: 10,000 words, 929,589 training words",
        "research use; text from the Linguistic Data Consortium's Wall Street Journal",
        new Uri("http://www.fit.vutbr.cz/~imikolov/rnnlm/simple-examples.tgz"),
        ["", "data/", "simple-examples/data/"],
        [new RemoteFile(new Uri("http://www.fit.vutbr.cz/~imikolov/rnnlm/simple-examples.tgz"), MostBytes: 64 << 20)],
        [
            new KnownText(TrainFile, 5_101_618, "f26c4b92c5fdc7b3f8c7cdcb991d8420", 929_589),
            new KnownText(ValidFile, 399_782, "aa0affc06ff7c36e977d7cd49e3839bf", 73_760),
            new KnownText(TestFile, 449_945, "8b80168b89c18661a38ef683c0dc3721", 82_430),
        ]);

    /// <summary>Reads the three splits. Files of the same names with other text are welcome.</summary>
    /// <param name="location">
    /// A folder that holds the files itself or in <c>data/</c> or <c>simple-examples/data/</c>, or a <c>.tgz</c> or
    /// <c>.tar.gz</c> archive of such a folder.
    /// </param>
    /// <exception cref="DataException">A file is missing or cannot be read as text.</exception>
    public static TextCorpus Load(string location) =>
        TextCorpus.Read(DataFiles.Find(location, DataSet), TrainFile, ValidFile, TestFile);
}
