using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// CIFAR-10 (Krizhevsky 2009) in its binary version: 50,000 training and 10,000 test images of 3x32x32 in ten classes.
/// </summary>
public static class Cifar10
{
    /// <summary>The file with the names of the classes, one a line.</summary>
    public const string NamesFile = "batches.meta.txt";

    /// <summary>The file with the test images.</summary>
    public const string TestFile = "test_batch.bin";

    /// <summary>The number of images in a batch.</summary>
    internal const int BatchImages = 10_000;

    // Ten names are short; this bounds what a wrong file can ask for.
    private const int MostNameBytes = 4096;

    /// <summary>The files with the training images, in order.</summary>
    public static IReadOnlyList<string> TrainFiles { get; } =
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"];

    /// <summary>The description of the data set and its files.</summary>
    public static DataSet DataSet { get; } = new(
        "cifar10",
        "CIFAR-10, binary version: 50,000 training and 10,000 test images of 3x32x32 in 10 classes",
        "cite Krizhevsky 2009, \"Learning Multiple Layers of Features from Tiny Images\"",
        new Uri("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
        ["", "cifar-10-batches-bin/"],
        [
            new RemoteFile(
                new Uri("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
                MostBytes: 170_052_171,
                Sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
        ],
        [
            new KnownCifarNames(),
            new KnownCifarBatches(TrainFiles),
            new KnownCifarBatches([TestFile]),
        ],
        new DataSetUse("cifar10"));

    /// <summary>Reads both splits. Takes 185 MB of memory.</summary>
    /// <param name="location">
    /// A folder that holds the files itself or in <c>cifar-10-batches-bin/</c>, each as it is or compressed as <c>.xz</c>, or
    /// a <c>.tgz</c> or <c>.tar.gz</c> archive of such a folder.
    /// </param>
    /// <exception cref="DataException">A file is missing, cannot be read or is no batch of this data set.</exception>
    public static ImageSplits Load(string location) => Load(location, BatchImages);

    /// <summary>Reads both splits of batches with so many images each.</summary>
    internal static ImageSplits Load(string location, int batchImages)
    {
        var files = DataFiles.Find(location, DataSet);
        string[] classes = ReadNames(files);
        string[] names = [.. TrainFiles, TestFile];
        byte[][] batches = ReadInParallel.Run(names.Length, n => CifarBatch.Read(files, names[n], batchImages));
        return new ImageSplits(ToImages(batches[..^1], classes), ToImages(batches[^1..], classes));
    }

    /// <summary>Reads the names of the classes.</summary>
    /// <exception cref="DataException">The file is missing, cannot be read or does not hold ten names.</exception>
    internal static string[] ReadNames(DataFiles files)
    {
        string path = files.PathOf(NamesFile);
        var bytes = new byte[MostNameBytes];
        using var stream = files.Open(NamesFile);
        try
        {
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            string[] names = Encoding.UTF8.GetString(bytes, 0, length)
                .Split((char[])['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            int different = names.Distinct(StringComparer.Ordinal).Count();
            return different == CifarBatch.Classes && names.Length == different
                ? names
                : throw new DataException(
                    $"{path}: has {different} different names in {Counted.Of(names.Length, "line")}; {CifarBatch.Classes} are expected, one "
                    + "a line. Get the file again.");
        }
        catch (IOException cause)
        {
            throw new DataException($"{path}: cannot be read: {cause.Message}", cause);
        }
    }

    private static LabelledImages ToImages(byte[][] batches, string[] classes) => new(
        CifarBatch.Shape, batches.SelectMany(CifarBatch.Images), batches.SelectMany(CifarBatch.Labels), classes);
}
