using System.IO.Compression;

namespace ModularNetworks.Data.Tests;

public sealed class DataSetsTests
{
    [Fact]
    public void Names_are_unique_and_every_set_says_what_it_is()
    {
        Assert.Equal(DataSets.All.Count, DataSets.All.Select(set => set.Name).Distinct().Count());
        Assert.All(DataSets.All, set =>
        {
            Assert.Same(set, DataSets.Get(set.Name));
            Assert.NotEmpty(set.Files);
            Assert.All(set.Downloads, file => Assert.True(
                Archive.HasArchiveName(file.Name) || set.Files.Contains(file.Name)));
            Assert.NotEmpty(set.Terms);
            Assert.Equal(set.Files.Count, set.Files.Distinct().Count());
            Assert.All(set.Folders, folder => Assert.True(folder.Length == 0 || folder.EndsWith('/')));
        });
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        var error = Assert.Throws<DataException>(() => DataSets.Get("pbt"));
        Assert.StartsWith("Unknown data set 'pbt'; known are ptb, wikitext-2, tinyshakespeare, cifar10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_names_missing_and_differing_files()
    {
        using var folder = new TemporaryFolder();
        folder.Write(PennTreebank.TrainFile, " a b \n");
        folder.Write("data/" + PennTreebank.TestFile, [0xFF, 0x20]);
        var problems = DataSets.Verify("ptb", folder.Path);
        Assert.Collection(
            problems,
            line => Assert.Contains("ptb.train.txt: has 6 bytes; 5101618 are expected", line, StringComparison.Ordinal),
            line => Assert.Contains("the file ptb.valid.txt of the data set 'ptb' is missing", line, StringComparison.Ordinal),
            line => Assert.Contains("ptb.test.txt: has 2 bytes; 449945 are expected", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_with_one_changed_byte_is_caught_by_its_checksum()
    {
        using var folder = new TemporaryFolder();
        byte[] text = " a b \n"u8.ToArray();
        var set = PennTreebank.DataSet with { Contents = [new KnownFile("a.txt", text.Length, Checksum.Of(text))] };
        folder.Write("a.txt", text);
        Assert.Empty(DataSets.Verify(set, folder.Path));
        text[1] = (byte)'x';
        folder.Write("a.txt", text);
        string problem = Assert.Single(DataSets.Verify(set, folder.Path));
        Assert.Contains("SHA-256", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_text_is_compared_by_what_is_in_it()
    {
        using var folder = new TemporaryFolder();
        byte[] text = " a b \n"u8.ToArray();
        var set = PennTreebank.DataSet with { Contents = [new KnownFile("a.txt", text.Length, Checksum.Of(text))] };
        byte[] packed = SmallXz.Of(text);
        folder.Write("a.txt.xz", packed);
        Assert.Empty(DataSets.Verify(set, folder.Path));
        folder.Write("a.txt.xz", packed[..^1]);
        Assert.Contains("a.txt.xz: cannot be unpacked", Assert.Single(DataSets.Verify(set, folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void Batches_are_checked_for_their_sizes_and_the_number_of_images_of_each_class()
    {
        using var folder = new TemporaryFolder();
        SmallCifar.WriteTo(folder);
        var set = Cifar10.DataSet with
        {
            Contents =
            [
                new KnownCifarNames(),
                new KnownCifarBatches(Cifar10.TrainFiles, SmallCifar.Images),
                new KnownCifarBatches([Cifar10.TestFile], SmallCifar.Images),
            ],
        };
        Assert.Empty(DataSets.Verify(set, folder.Path));

        byte[] batch = SmallCifar.Batch(4);
        batch[0] = 0;
        folder.Write("data_batch_5.bin", batch);
        Assert.Collection(
            DataSets.Verify(set, folder.Path),
            line => Assert.Contains("5.bin: 6 images have the label 0; 5 are expected", line, StringComparison.Ordinal),
            line => Assert.Contains("5.bin: 4 images have the label 4; 5 are expected", line, StringComparison.Ordinal));

        folder.Write("data_batch_2.bin", "short");
        File.Delete(Path.Join(folder.Path, Cifar10.TestFile));
        folder.Write(Cifar10.NamesFile, "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
        Assert.Collection(
            DataSets.Verify(set, folder.Path),
            line => Assert.Contains("batches.meta.txt: has the names a, b, c", line, StringComparison.Ordinal),
            line => Assert.Contains("data_batch_2.bin: has 5 bytes", line, StringComparison.Ordinal),
            line => Assert.Contains("the file test_batch.bin of the data set", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Digits_are_checked_for_the_number_of_images_of_each_digit()
    {
        using var folder = new TemporaryFolder();
        string row = string.Concat(Enumerable.Repeat("16,", 64));
        folder.Write("digits", $"{row}0\n{row}1\n");
        var set = Optdigits.DataSet with { Contents = [new KnownDigits("digits", 1, 1)] };
        Assert.Empty(DataSets.Verify(set, folder.Path));
        folder.Write("digits", $"{row}1\n{row}1\n");
        Assert.Collection(
            DataSets.Verify(set, folder.Path),
            line => Assert.Contains("digits: 0 images have the label 0; 1 are expected", line, StringComparison.Ordinal),
            line => Assert.Contains("digits: 2 images have the label 1; 1 are expected", line, StringComparison.Ordinal));
        folder.Write("digits", "text");
        Assert.Contains("has 1 column", Assert.Single(DataSets.Verify(set, folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_compressed_again_is_compared_by_what_is_in_it()
    {
        using var folder = new TemporaryFolder();
        byte[] text = [.. "some text, some text"u8];
        var set = PennTreebank.DataSet with { Contents = [new KnownFile("a.gz", text.Length, Checksum.Of(text))] };
        foreach (var level in (CompressionLevel[])[CompressionLevel.Fastest, CompressionLevel.NoCompression])
        {
            folder.Write("a.gz", Packed(text, level));
            Assert.Empty(DataSets.Verify(set, folder.Path));
        }
        folder.Write("a.gz", Packed([.. text, 1], CompressionLevel.Fastest));
        Assert.Contains($"a.gz: has more than {text.Length} bytes, unpacked", Assert.Single(DataSets.Verify(set, folder.Path)), StringComparison.Ordinal);
        folder.Write("a.gz", text);
        Assert.Contains("a.gz: cannot be read", Assert.Single(DataSets.Verify(set, folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_without_a_checksum_are_checked_for_their_lines()
    {
        using var folder = new TemporaryFolder();
        var set = PennTreebank.DataSet with { Contents = [new KnownLines("a.txt", 2)] };
        folder.Write("a.txt", "one\ntwo\n");
        Assert.Empty(DataSets.Verify(set, folder.Path));
        folder.Write("a.txt", "one\n");
        Assert.Contains("a.txt: has 1 line; 2 are expected", Assert.Single(DataSets.Verify(set, folder.Path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ptb")]
    [InlineData("optdigits")]
    [InlineData("tinyshakespeare")]
    public void The_real_sets_are_as_expected(string name) =>
        Assert.Empty(DataSets.Verify(name, RealData.FolderOf(name)));

    [Fact]
    public void The_real_diamonds_are_as_expected() => Assert.Empty(DataSets.Verify("diamonds", RealData.FolderOf("tables")));

    private static byte[] Packed(byte[] bytes, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
