namespace ModularNetworks.Data.Tests;

public sealed class PennTreebankTests
{
    [Theory]
    [InlineData("")]
    [InlineData("data/")]
    [InlineData("simple-examples/data/")]
    public void The_splits_are_found_in_a_folder_and_in_an_archive_of_it(string below)
    {
        using var folder = new TemporaryFolder();
        SmallTreebank.WriteTo(folder, below);
        CheckSmall(PennTreebank.Load(folder.Path));
        CheckSmall(PennTreebank.Load(folder.Write("packed.tgz", SmallTreebank.Archive(below))));
        CheckSmall(PennTreebank.Load(folder.Write("packed.tar.gz", SmallTreebank.Archive(below))));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        SmallTreebank.WriteTo(folder);
        File.Delete(Path.Join(folder.Path, PennTreebank.ValidFile));
        var error = Assert.Throws<DataException>(() => PennTreebank.Load(folder.Path));
        Assert.Contains("the file ptb.valid.txt of the data set 'ptb' is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("simple-examples/data/ptb.valid.txt", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "holds no words")]
    [InlineData("\n\n\r\n \n\t\n", "holds no words")]
    [InlineData(" the cat \n\0\0\0\0 \n", "line 2 has a zero byte")]
    [InlineData("\0", "line 1 has a zero byte")]
    public void A_text_without_words_is_refused(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        foreach (string file in (string[])[PennTreebank.TrainFile, PennTreebank.ValidFile])
        {
            SmallTreebank.WriteTo(folder);
            folder.Write(file, text);
            var error = Assert.Throws<DataException>(() => PennTreebank.Load(folder.Path));
            Assert.Contains($"{file}: {expected}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_held_out_word_that_training_cannot_know_is_named_with_its_line()
    {
        using var folder = new TemporaryFolder();
        SmallTreebank.WriteTo(folder);
        folder.Write(PennTreebank.TrainFile, " the cat sat \n");
        folder.Write(PennTreebank.ValidFile, " the cat \n the zebra \n");
        var error = Assert.Throws<DataException>(() => PennTreebank.Load(folder.Path));
        Assert.Contains("ptb.valid.txt: line 2 has the word 'zebra'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_is_neither_folder_nor_archive_is_refused()
    {
        using var folder = new TemporaryFolder();
        string missing = Path.Join(folder.Path, "none"), text = folder.Write("ptb.train.txt", "a");
        Assert.Contains(
            "no such folder", Assert.Throws<DataException>(() => PennTreebank.Load(missing)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "is a file", Assert.Throws<DataException>(() => PennTreebank.Load(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_treebank_has_its_published_sizes()
    {
        var corpus = PennTreebank.Load(RealData.FolderOf("ptb"));
        Assert.Equal(
            (10_000, 929_589, 73_760, 82_430),
            (corpus.Vocabulary.Count, corpus.Train.Length, corpus.Valid.Length, corpus.Test.Length));
        Assert.Equal(26_559, new WindowedText(corpus.Train, 0, corpus.Train.Length, 35).Count);
        Assert.Equal(["the", "<unk>", "<eos>"], Enumerable.Range(0, 3).Select(id => corpus.Vocabulary[id]));
        string[] start = ["aer", "banknote", "berlitz"];
        Assert.Equal(start, corpus.Train.ToArray()[..3].Select(id => corpus.Vocabulary[id]));
    }

    private static void CheckSmall(TextCorpus corpus)
    {
        var vocabulary = corpus.Vocabulary;
        string Text(ReadOnlyMemory<int> ids) => string.Join(' ', ids.ToArray().Select(id => vocabulary[id]));
        Assert.Equal(6, vocabulary.Count);
        Assert.Equal("the cat sat <eos> the <unk> ran <eos>", Text(corpus.Train.ToArray()));
        Assert.Equal("the <unk> sat <eos>", Text(corpus.Valid));
        Assert.Equal("the cat ran <eos> <eos>", Text(corpus.Test));
    }
}
