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

    /// <summary>Reads the three splits. Files of the same names with other text are welcome.</summary>
    /// <param name="location">
    /// A folder that holds the files itself or in <c>data/</c> or <c>simple-examples/data/</c>, or a <c>.tgz</c> or
    /// <c>.tar.gz</c> archive of such a folder.
    /// </param>
    /// <exception cref="DataException">A file is missing or cannot be read as text.</exception>
    public static TextCorpus Load(string location) =>
        TextCorpus.Read(DataFiles.Find(location, DataSets.PennTreebank), TrainFile, ValidFile, TestFile);
}
