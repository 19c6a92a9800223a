using System.IO.Compression;
using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class FashionMnistTests
{
    [Fact]
    public void Files_become_images_of_one_channel()
    {
        using var folder = new TemporaryFolder();
        Write(folder, train: [3, 9, 0], test: [1]);
        var images = FashionMnist.Load(folder.Path, 3, 1);
        Assert.Equal(new ImageShape(1, 28, 28), images.Train.Shape);
        Assert.Equal([3, 9, 0], images.Train.Labels.ToArray());
        Assert.Equal(Pixels(1), images.Train[1].ToArray());
        Assert.Equal("ankle boot", images.Train.Classes[9]);
    }

    [Fact]
    public void Other_files_are_told()
    {
        Refuses(folder => folder.Write(FashionMnist.TrainLabels, Packed(Idx([2], [3, 10]))), "image 1 has the label 10; labels are 0 to 9");
        Refuses(folder => folder.Write(FashionMnist.TrainLabels, Packed(Idx([3], [3, 1, 1]))), "has the sizes 3; expected are 2");
        Refuses(folder => folder.Write(FashionMnist.TrainLabels, Packed(Idx([2], [3]))), "has 1 byte; expected are 2 bytes after its sizes");
        Refuses(folder => folder.Write(FashionMnist.TrainLabels, Packed(Idx([2], [3, 1, 1]))), "has more than 2 bytes");
        Refuses(folder => folder.Write(FashionMnist.TrainLabels, Packed([0, 0, 13, 1, 0, 0, 0, 2])), "has a beginning of 00000d01; expected are 00000801");
        Refuses(folder => folder.Write(FashionMnist.TrainLabels, Packed(Idx([2], [3, 1]))[..^8]), "cannot be read: ");
        Refuses(folder => File.Delete(Path.Join(folder.Path, FashionMnist.TrainImages)), "the file train-images-idx3-ubyte.gz of the data set 'fashion-mnist' is missing");
    }

    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        Write(folder, train: [1, 2], test: [3]);
        byte[] whole = File.ReadAllBytes(Path.Join(folder.Path, FashionMnist.TrainLabels));
        Fuzzing.Run("damaged idx", 300, key =>
        {
            folder.Write(FashionMnist.TrainLabels, Fuzzing.Damage(key, whole));
            Assert.Equal(2, FashionMnist.Load(folder.Path, 2, 1).Train.Count);
        });
    }

    [Fact]
    public void The_real_set_has_its_published_sizes_and_is_halved_by_means()
    {
        string location = RealData.FolderOf("fashion-mnist");
        Assert.Empty(DataSets.Verify("fashion-mnist", location));
        var (whole, halved) = (FashionMnist.Load(location), DigitImages.Load(location));
        Assert.Equal((60_000, 10_000), (whole.Train.Count, whole.Test.Count));
        Assert.Equal(new ImageShape(1, 14, 14), halved.Test.Shape);
        for (int place = 0; place < 14 * 14; place++)
        {
            int first = (place / 14 * 2 * 28) + (place % 14 * 2);
            int sum = new[] { first, first + 1, first + 28, first + 29 }.Sum(pixel => whole.Test[7][pixel]);
            Assert.Equal((sum + 2) / 4, halved.Test[7][place]);
        }
    }

    private static void Refuses(Action<TemporaryFolder> change, string expected)
    {
        using var folder = new TemporaryFolder();
        Write(folder, train: [3, 1], test: [0]);
        change(folder);
        var error = Assert.Throws<DataException>(() => FashionMnist.Load(folder.Path, 2, 1));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static void Write(TemporaryFolder folder, byte[] train, byte[] test)
    {
        foreach (var (images, labels, classes) in ((string, string, byte[])[])
            [(FashionMnist.TrainImages, FashionMnist.TrainLabels, train), (FashionMnist.TestImages, FashionMnist.TestLabels, test)])
        {
            folder.Write(images, Packed(Idx([classes.Length, 28, 28], [.. Enumerable.Range(0, classes.Length).SelectMany(Pixels)])));
            folder.Write(labels, Packed(Idx([classes.Length], classes)));
        }
    }

    private static byte[] Pixels(int image) => [.. Enumerable.Range(0, 28 * 28).Select(place => (byte)(place * (image + 3)))];

    private static byte[] Idx(int[] sizes, IEnumerable<byte> bytes) =>
        [0, 0, 8, (byte)sizes.Length, .. sizes.SelectMany(size => (byte[])[0, 0, (byte)(size >> 8), (byte)size]), .. bytes];

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
