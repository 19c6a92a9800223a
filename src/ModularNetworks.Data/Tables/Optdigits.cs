using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// Optical Recognition of Handwritten Digits (Alpaydin, Kaynak 1998): 3,823 training and 1,797 test images of 1x8x8, each
/// value the number of inked pixels, 0 to 16, in a block of 4 x 4 of a scan.
/// </summary>
public static class Optdigits
{
    /// <summary>The file with the training images.</summary>
    public const string TrainFile = "optdigits.tra";

    /// <summary>The file with the test images.</summary>
    public const string TestFile = "optdigits.tes";

    private const int TrainImages = 3823;
    private const int TestImages = 1797;
    private const int MostInk = 16;
    private const int Digits = 10;

    private static readonly ImageShape Shape = new(1, 8, 8);
    private static readonly Uri Folder = new("https://archive.ics.uci.edu/ml/machine-learning-databases/optdigits/");

    /// <summary>The description of the data set and its files.</summary>
    public static DataSet DataSet { get; } = new(
        "optdigits",
        "Optical Recognition of Handwritten Digits: 3,823 training and 1,797 test images of 1x8x8",
        "CC BY 4.0; from the UCI Machine Learning Repository",
        new Uri("https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits"),
        [""],
        [
            new RemoteFile(new Uri(Folder, TrainFile), MostBytes: 1 << 20),
            new RemoteFile(new Uri(Folder, TestFile), MostBytes: 1 << 20),
        ],
        [
            new KnownDigits(TrainFile, 376, 389, 380, 389, 387, 376, 377, 387, 380, 382),
            new KnownDigits(TestFile, 178, 182, 177, 183, 181, 182, 181, 179, 174, 180),
        ],
        new DataSetUse("optdigits"));

    /// <summary>Reads both splits.</summary>
    /// <param name="location">
    /// A folder that holds the files, each as it is or compressed as <c>.xz</c>, or a <c>.tgz</c> or <c>.tar.gz</c> archive of
    /// them.
    /// </param>
    /// <exception cref="DataException">A file is missing, cannot be read or is no table of this data set.</exception>
    public static ImageSplits Load(string location) => Load(location, TrainImages, TestImages);

    /// <summary>Reads both splits of tables with so many images each.</summary>
    internal static ImageSplits Load(string location, int trainImages, int testImages)
    {
        var files = DataFiles.Find(location, DataSet);
        return new ImageSplits(Read(files, TrainFile, trainImages), Read(files, TestFile, testImages));
    }

    /// <summary>Reads a split.</summary>
    /// <param name="files">Holds the tables.</param>
    /// <param name="name">The name of the split's table.</param>
    /// <param name="images">The number of images that the table must have.</param>
    /// <exception cref="DataException">The table is missing, cannot be read or holds something else.</exception>
    internal static LabelledImages Read(DataFiles files, string name, int images)
    {
        string path = files.PathOf(name);
        using var stream = files.Open(name);
        using var reader = new TableReader(stream, path, hasHeader: false, new TableDialect(','));
        var (pixels, labels) = (new byte[images * Shape.Count], new int[images]);
        int row = 0;
        for (; reader.Read(); row++)
        {
            if (reader.Columns != Shape.Count + 1)
                throw Unlike(path, Counted.Of(reader.Columns, "column"), $"{Shape.Count + 1}: {Counted.Of(Shape.Count, "value")} and a label");
            if (row == images)
                throw Unlike(path, $"more than {images} rows", $"{images}");
            for (int i = 0; i < Shape.Count; i++)
                pixels[(row * Shape.Count) + i] = (byte)reader.WholeNumber(i, MostInk);
            labels[row] = reader.WholeNumber(Shape.Count, Digits - 1);
        }
        if (row < images)
            throw Unlike(path, Counted.Of(row, "row"), $"{images}");
        return new LabelledImages(
            Shape,
            Enumerable.Range(0, images).Select(n => (ReadOnlyMemory<byte>)pixels.AsMemory(n * Shape.Count, Shape.Count)),
            labels,
            Enumerable.Range(0, Digits).Select(digit => $"{digit}"))
        {
            White = MostInk,
        };
    }

    private static DataException Unlike(string path, string found, string expected) => new(
        $"{path}: has {found}; expected are {expected}. The file is not complete or no table of optdigits; get it again.");
}
