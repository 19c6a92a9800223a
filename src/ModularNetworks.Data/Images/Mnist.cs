namespace ModularNetworks.Data;

/// <summary>MNIST (LeCun, Cortes, Burges): 60,000 training and 10,000 test images of handwritten digits, 1x28x28.</summary>
/// <remarks>
/// LeCun's own page has refused most requests for years. The files come from the place that PyTorch takes them from, and are those of
/// LeCun's page by their checksums.
/// </remarks>
public static class Mnist
{
    private static readonly string[] Classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>The description of the data set and its files.</summary>
    public static DataSet DataSet { get; } = MnistFiles.Describe(
        "mnist",
        "MNIST: 60,000 training and 10,000 test images of handwritten digits, 1x28x28",
        "CC BY-SA 3.0, as Keras states it; copyright Yann LeCun and Corinna Cortes",
        new Uri("http://yann.lecun.com/exdb/mnist/"),
        new Uri("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        (9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        (28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        (1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        (4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    /// <summary>Reads both splits.</summary>
    /// <param name="location">A folder that holds the files, compressed by gzip as they are offered.</param>
    /// <exception cref="DataException">A file is missing, cannot be read or is none of this data set.</exception>
    public static ImageSplits Load(string location) =>
        MnistFiles.Load(location, DataSet, Classes, MnistFiles.TrainCount, MnistFiles.TestCount);
}
