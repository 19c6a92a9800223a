using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

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
            Assert.NotEmpty(set.Terms);
            Assert.All(set.Files, file => Assert.Equal(MD5.HashSizeInBytes * 2, file.Md5.Length));
            Assert.All(set.Folders, folder => Assert.True(folder.Length == 0 || folder.EndsWith('/')));
        });
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        var error = Assert.Throws<DataException>(() => DataSets.Get("pbt"));
        Assert.StartsWith("Unknown data set 'pbt'; known are ptb", error.Message, StringComparison.Ordinal);
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
            line => Assert.Contains("; f26c4b92c5fdc7b3f8c7cdcb991d8420 is expected", line, StringComparison.Ordinal),
            line => Assert.Contains("has 3 words with line ends; 929589 are", line, StringComparison.Ordinal),
            line => Assert.Contains("the file ptb.valid.txt of the data set 'ptb' is missing", line, StringComparison.Ordinal),
            line => Assert.Contains("ptb.test.txt: has 2 bytes; 449945 are expected", line, StringComparison.Ordinal),
            line => Assert.Contains("; 8b80168b89c18661a38ef683c0dc3721 is expected", line, StringComparison.Ordinal),
            line => Assert.Contains("line 1 is not valid UTF-8", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_with_one_changed_byte_is_caught_by_its_checksum()
    {
        using var folder = new TemporaryFolder();
        byte[] text = " a b \n"u8.ToArray();
        var file = new DataFile("a.txt", text.Length, Checksum(text), 3);
        var set = DataSets.PennTreebank with { Files = [file] };
        folder.Write("a.txt", text);
        Assert.Empty(DataSetCheck.Run(set, folder.Path));
        text[1] = (byte)'x';
        folder.Write("a.txt", text);
        string problem = Assert.Single(DataSetCheck.Run(set, folder.Path));
        Assert.Contains("MD5", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_treebank_is_the_published_one() =>
        Assert.Empty(DataSets.Verify("ptb", RealData.FolderOf("ptb")));

    [SuppressMessage("Security", "CA5351", Justification = "The published checksums of the data sets are MD5.")]
    private static string Checksum(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
}
