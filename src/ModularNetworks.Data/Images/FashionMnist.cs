using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// Fashion-MNIST (Xiao, Rasul, Vollgraf 2017): 60,000 training and 10,000 test images of clothes, 1x28x28 in ten classes.
/// </summary>
public static class FashionMnist
{
    /// <summary>The file with the training images.</summary>
    public const string TrainImages = "train-images-idx3-ubyte.gz";

    /// <summary>The file with the classes of the training images.</summary>
    public const string TrainLabels = "train-labels-idx1-ubyte.gz";

    /// <summary>The file with the test images.</summary>
    public const string TestImages = "t10k-images-idx3-ubyte.gz";

    /// <summary>The file with the classes of the test images.</summary>
    public const string TestLabels = "t10k-labels-idx1-ubyte.gz";

    private const int TrainCount = 60_000;
    private const int TestCount = 10_000;

    private static readonly Uri Folder = new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");

    private static readonly ImageShape Shape = new(1, 28, 28);

    private static readonly string[] Classes =
        ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    /// <summary>The description of the data set and its files.</summary>
    public static DataSet DataSet { get; } = new(
        "fashion-mnist",
        "Fashion-MNIST: 60,000 training and 10,000 test images of 1x28x28 in 10 classes",
        "MIT; Xiao, Rasul, Vollgraf 2017",
        new Uri("https://github.com/zalandoresearch/fashion-mnist"),
        [""],
        [
            new RemoteFile(new Uri(Folder, TrainImages), MostBytes: 30_000_000, Md5: "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
            new RemoteFile(new Uri(Folder, TrainLabels), MostBytes: 1 << 20, Md5: "25c81989df183df01b3e8a0aad5dffbe"),
            new RemoteFile(new Uri(Folder, TestImages), MostBytes: 10_000_000, Md5: "bef4ecab320f06d8554ea6380940ec79"),
            new RemoteFile(new Uri(Folder, TestLabels), MostBytes: 1 << 20, Md5: "bb300cfdad3c16e7a12a480ee83cd310"),
        ],
        [
            new KnownFashion(TrainImages, TrainLabels, TrainCount),
            new KnownFashion(TestImages, TestLabels, TestCount),
        ]);

    /// <summary>Reads both splits.</summary>
    /// <param name="location">A folder that holds the files, compressed by gzip as they are offered.</param>
    /// <exception cref="DataException">A file is missing, cannot be read or is none of this data set.</exception>
    public static ImageSplits Load(string location) => Load(location, TrainCount, TestCount);

    /// <summary>Reads both splits of files with so many images each.</summary>
    internal static ImageSplits Load(string location, int trainImages, int testImages)
    {
        var files = DataFiles.Find(location, DataSet);
        return new ImageSplits(
            Read(files, TrainImages, TrainLabels, trainImages), Read(files, TestImages, TestLabels, testImages));
    }

    /// <summary>Reads a split.</summary>
    /// <param name="files">Holds the files.</param>
    /// <param name="images">The name of the file with the images.</param>
    /// <param name="labels">The name of the file with their classes.</param>
    /// <param name="count">The number of images that there must be.</param>
    /// <exception cref="DataException">A file is missing, cannot be read or holds something else.</exception>
    internal static LabelledImages Read(DataFiles files, string images, string labels, int count)
    {
        byte[] pixels = IdxFile.Read(files, images, count, Shape.Height, Shape.Width);
        byte[] classes = IdxFile.Read(files, labels, count);
        int broken = Array.FindIndex(classes, label => label >= Classes.Length);
        if (broken >= 0)
        {
            throw new DataException(
                $"{files.PathOf(labels)}: image {broken} has the label {classes[broken]}; labels are 0 to {Classes.Length - 1}. The file "
                + "is damaged; get it again.");
        }
        return new LabelledImages(
            Shape,
            Enumerable.Range(0, count).Select(n => (ReadOnlyMemory<byte>)pixels.AsMemory(n * Shape.Count, Shape.Count)),
            classes.Select(label => (int)label),
            Classes);
    }
}
