using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// The four files of MNIST, which Fashion-MNIST has in the same form: 60,000 training and 10,000 test images, 1x28x28 in ten classes.
/// </summary>
internal static class MnistFiles
{
    /// <summary>The file with the training images.</summary>
    public const string TrainImages = "train-images-idx3-ubyte.gz";

    /// <summary>The file with the classes of the training images.</summary>
    public const string TrainLabels = "train-labels-idx1-ubyte.gz";

    /// <summary>The file with the test images.</summary>
    public const string TestImages = "t10k-images-idx3-ubyte.gz";

    /// <summary>The file with the classes of the test images.</summary>
    public const string TestLabels = "t10k-labels-idx1-ubyte.gz";

    /// <summary>The number of training images.</summary>
    public const int TrainCount = 60_000;

    /// <summary>The number of test images.</summary>
    public const int TestCount = 10_000;

    private const int HeaderBytes = 4;

    private static readonly ImageShape Shape = new(1, 28, 28);

    /// <summary>Describes a data set of these files.</summary>
    /// <param name="name">The name on the command line.</param>
    /// <param name="description">The data set, in one line.</param>
    /// <param name="terms">The terms of use, in one line.</param>
    /// <param name="source">The address of the page that offers it.</param>
    /// <param name="folder">The address of the folder with the files.</param>
    /// <param name="files">
    /// The bytes and the SHA-256 checksum of each file, and the checksum of what is in it: training images, their classes, test images,
    /// their classes.
    /// </param>
    public static DataSet Describe(
        string name, string description, string terms, Uri source, Uri folder, params (long Bytes, string Packed, string Unpacked)[] files)
    {
        (string Name, long Unpacked)[] known =
        [
            (TrainImages, ImagesLength(TrainCount)), (TrainLabels, LabelsLength(TrainCount)),
            (TestImages, ImagesLength(TestCount)), (TestLabels, LabelsLength(TestCount)),
        ];
        return new DataSet(
            name, description, terms, source, [""],
            [.. known.Zip(files, (one, file) => new RemoteFile(new Uri(folder, one.Name), file.Bytes, file.Packed))],
            [.. known.Zip(files, (one, file) => new KnownFile(one.Name, one.Unpacked, file.Unpacked))],
            new DataSetUse("images"));
    }

    /// <summary>Reads both splits of files with so many images each.</summary>
    /// <param name="location">A folder that holds the files.</param>
    /// <param name="dataSet">The data set.</param>
    /// <param name="classes">The names of its classes.</param>
    /// <param name="trainImages">The number of training images that there must be.</param>
    /// <param name="testImages">The number of test images that there must be.</param>
    /// <exception cref="DataException">A file is missing, cannot be read or is none of such a data set.</exception>
    public static ImageSplits Load(string location, DataSet dataSet, string[] classes, int trainImages, int testImages)
    {
        var files = DataFiles.Find(location, dataSet);
        return new ImageSplits(
            Read(files, TrainImages, TrainLabels, trainImages, classes), Read(files, TestImages, TestLabels, testImages, classes));
    }

    private static long ImagesLength(int count) => (4 * HeaderBytes) + ((long)count * Shape.Count);

    private static long LabelsLength(int count) => (2 * HeaderBytes) + count;

    private static LabelledImages Read(DataFiles files, string images, string labels, int count, string[] classes)
    {
        byte[] pixels = Read(files, images, count, Shape.Height, Shape.Width), found = Read(files, labels, count);
        int broken = Array.FindIndex(found, label => label >= classes.Length);
        if (broken >= 0)
        {
            throw new DataException(
                $"{files.PathOf(labels)}: image {broken} has the label {found[broken]}; labels are 0 to {classes.Length - 1}. The file "
                + "is damaged; get it again.");
        }
        return new LabelledImages(
            Shape,
            Enumerable.Range(0, count).Select(n => (ReadOnlyMemory<byte>)pixels.AsMemory(n * Shape.Count, Shape.Count)),
            found.Select(label => (int)label),
            classes);
    }

    private static byte[] Read(DataFiles files, string name, params IReadOnlyList<int> sizes)
    {
        using var file = new IdxFile(files.Open(name), files.PathOf(name), sizes.Count);
        file.Require(sizes);
        byte[] bytes = file.Read(sizes.Aggregate(1, (count, size) => count * size));
        file.RequireEnd();
        return bytes;
    }
}
