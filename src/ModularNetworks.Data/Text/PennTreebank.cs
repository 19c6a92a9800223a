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
            new KnownFile(TrainFile, 5_101_618, "fcea919f6cf83f35d4d00c6cbf08040d13d4155226340912e2fef9c9c4102cbf"),
            new KnownFile(ValidFile, 399_782, "c9fe6985fe0d4ccb578183407d7668fc6066c20700cb4cf87d8ff1cc34df1bf2"),
            new KnownFile(TestFile, 449_945, "dd65dff31e70846b2a6030a87482edcd5d199130cdcfa1f3dccbb033728deee0"),
        ],
        new DataSetUse("ptb"));

    /// <summary>Reads the three splits. Files of the same names with other text are welcome.</summary>
    /// <param name="location">
    /// A folder that holds the files itself or in <c>data/</c> or <c>simple-examples/data/</c>, or a <c>.tgz</c> or
    /// <c>.tar.gz</c> archive of such a folder.
    /// </param>
    /// <exception cref="DataException">A file is missing or cannot be read as text.</exception>
    public static TextCorpus Load(string location) =>
        TextCorpus.Read(DataFiles.Find(location, DataSet), TrainFile, ValidFile, TestFile);
}
