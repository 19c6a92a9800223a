using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class Cifar10Tests
{
    [Theory]
    [InlineData("")]
    [InlineData("cifar-10-batches-bin/")]
    public void The_splits_are_found_in_a_folder_and_in_an_archive_of_it(string below)
    {
        using var folder = new TemporaryFolder();
        SmallCifar.WriteTo(folder, below);
        CheckSmall(Cifar10.Load(folder.Path, SmallCifar.Images));
        string archive = folder.Write("packed.tar.gz", SmallArchive.Of(SmallCifar.Files(below)));
        CheckSmall(Cifar10.Load(archive, SmallCifar.Images));
    }

    [Fact]
    public void Batches_may_be_compressed_one_by_one()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, bytes) in SmallCifar.Files())
        {
            bool stays = name is Cifar10.NamesFile or "data_batch_2.bin";
            folder.Write(stays ? name : name + ".xz", stays ? bytes : SmallXz.Of(bytes));
        }
        CheckSmall(Cifar10.Load(folder.Path, SmallCifar.Images));
    }

    [Fact]
    public void A_damaged_compressed_batch_is_named()
    {
        using var folder = new TemporaryFolder();
        SmallCifar.WriteTo(folder);
        File.Delete(Path.Join(folder.Path, "data_batch_3.bin"));
        byte[] packed = SmallXz.Of(SmallCifar.Batch(2));
        // The last bytes check what was unpacked before them.
        folder.Write("data_batch_3.bin.xz", packed[..^4]);
        Refuses(folder, "data_batch_3.bin.xz: cannot be unpacked: ");
    }

    [Theory]
    [InlineData(-1, "has 30729 bytes; 30730 are expected: 10 records")]
    [InlineData(-CifarBatch.RecordBytes, "has 27657 bytes; 30730 are expected")]
    [InlineData(1, "has more than 30730 bytes; 30730 are expected")]
    public void A_batch_of_another_length_is_refused(int change, string expected)
    {
        using var folder = new TemporaryFolder();
        SmallCifar.WriteTo(folder);
        byte[] batch = SmallCifar.Batch(1);
        folder.Write("data_batch_2.bin", change < 0 ? batch[..^-change] : [.. batch, 0]);
        Refuses(folder, $"data_batch_2.bin: {expected}");
    }

    [Fact]
    public void A_label_that_is_none_is_named_with_its_record()
    {
        using var folder = new TemporaryFolder();
        SmallCifar.WriteTo(folder);
        byte[] batch = SmallCifar.Batch(5);
        batch[7 * CifarBatch.RecordBytes] = 10;
        folder.Write(Cifar10.TestFile, batch);
        Refuses(folder, "test_batch.bin: record 7 has the label 10; labels are 0 to 9");
    }

    [Fact]
    public void Of_several_damaged_batches_the_first_is_told()
    {
        using var folder = new TemporaryFolder();
        SmallCifar.WriteTo(folder);
        foreach (string name in (string[])[Cifar10.TestFile, "data_batch_4.bin", "data_batch_2.bin"])
            folder.Write(name, "short");
        Refuses(folder, "data_batch_2.bin: has 5 bytes");
    }

    [Theory]
    [InlineData("cat\ndog\n", "has 2 different names in 2 lines; 10 are expected")]
    [InlineData("a\na\nb\nc\nd\ne\nf\ng\nh\ni\n", "has 9 different names in 10 lines; 10 are expected")]
    public void Other_than_ten_names_are_refused(string names, string expected)
    {
        using var folder = new TemporaryFolder();
        SmallCifar.WriteTo(folder);
        folder.Write(Cifar10.NamesFile, names);
        Refuses(folder, $"batches.meta.txt: {expected}");
    }

    [Fact]
    public void A_missing_batch_is_named()
    {
        using var folder = new TemporaryFolder();
        SmallCifar.WriteTo(folder);
        File.Delete(Path.Join(folder.Path, "data_batch_5.bin"));
        Refuses(folder, "the file data_batch_5.bin of the data set 'cifar10' is missing");
    }

    [Fact]
    public void Batches_of_full_size_are_expected_by_users()
    {
        using var folder = new TemporaryFolder();
        SmallCifar.WriteTo(folder);
        var error = Assert.Throws<DataException>(() => Cifar10.Load(folder.Path));
        Assert.Contains("30730000 are expected: 10000 records", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_names_and_batches_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        SmallCifar.WriteTo(folder);
        var (names, batch) = (SmallCifar.Files().First().Bytes, SmallCifar.Batch(0));
        int read = Fuzzing.Run("damaged batch", 200, key =>
        {
            folder.Write(Cifar10.NamesFile, key.Below(100, 2) == 0 ? names : Fuzzing.Damage(key, names));
            folder.Write("data_batch_1.bin", Fuzzing.Damage(key, batch));
            Assert.Equal(50, Cifar10.Load(folder.Path, SmallCifar.Images).Train.Count);
        });
        Assert.InRange(read, 1, 199);
    }

    [Fact]
    public void The_real_set_is_as_expected_and_has_its_published_sizes()
    {
        using var folder = new TemporaryFolder();
        UnpackTo(folder, DataFiles.Find(RealData.FolderOf("cifar10"), Cifar10.DataSet));
        Assert.Empty(DataSets.Verify("cifar10", folder.Path));
        var images = Cifar10.Load(folder.Path);
        Assert.Equal((50_000, 10_000), (images.Train.Count, images.Test.Count));
        Assert.Equal(["airplane", "automobile", "bird", "cat"], images.Train.Classes.Take(4));
        // The first training image is a frog, the first test image a cat.
        Assert.Equal(("frog", "cat"), (images.Train.Classes[images.Train.Labels[0]], images.Test.Classes[images.Test.Labels[0]]));
        Assert.Equal([59, 43, 50], images.Train[0][..3].ToArray());
        double[] means = [0.4914, 0.4822, 0.4465], deviations = [0.2470, 0.2435, 0.2616];
        Assert.All(Enumerable.Range(0, 3), channel =>
        {
            Assert.Equal(means[channel], images.Normalization.Means[channel], tolerance: 1e-4);
            Assert.Equal(deviations[channel], images.Normalization.Deviations[channel], tolerance: 1e-4);
        });
    }

    // Once for both readings, since it takes longer than they do.
    private static void UnpackTo(TemporaryFolder folder, DataFiles files) => Parallel.ForEach(Cifar10.DataSet.Files, name =>
    {
        using var unpacked = File.Create(Path.Combine(folder.Path, name));
        using var source = files.Open(name);
        source.CopyTo(unpacked);
    });

    private static void Refuses(TemporaryFolder folder, string expected)
    {
        var error = Assert.Throws<DataException>(() => Cifar10.Load(folder.Path, SmallCifar.Images));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static void CheckSmall(ImageSplits images)
    {
        var shape = new ImageShape(3, 32, 32);
        Assert.Equal((shape, shape), (images.Train.Shape, images.Test.Shape));
        Assert.Equal((50, 10), (images.Train.Count, images.Test.Count));
        Assert.Equal(["airplane", "truck"], [images.Train.Classes[0], images.Train.Classes[9]]);
        for (int n = 0; n < 50; n++)
            CheckImage(images.Train, n, SmallCifar.Batch(n / 10), n % 10, (n + (n / 10)) % 10);
        for (int n = 0; n < 10; n++)
            CheckImage(images.Test, n, SmallCifar.Batch(5), n, (n + 5) % 10);
    }

    private static void CheckImage(LabelledImages images, int n, byte[] batch, int record, int label)
    {
        Assert.Equal(label, images.Labels[n]);
        Assert.Equal(batch.AsSpan((record * CifarBatch.RecordBytes) + 1, 3072), images[n]);
    }
}
