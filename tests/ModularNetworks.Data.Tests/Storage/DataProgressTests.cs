using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

/// <summary>Long readings tell how they go on, and can be ended.</summary>
public sealed class DataProgressTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _told = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("characters", "the text is checked", "the vocabulary is made", "the text is encoded")]
    [InlineData("tokens", "the text is checked", "words are counted", "tokens are learned", "the text is encoded")]
    [InlineData("kept", "the text is checked", "the vocabulary is made", "the text is encoded")]
    [InlineData("table", "the table is read", "columns are looked at", "rows become numbers", "the fingerprint is taken")]
    [InlineData("pictures", "pictures are read", "pictures are decoded")]
    public void Each_stage_tells_the_share_that_is_done_and_can_be_ended(string kind, params string[] stages)
    {
        string path = Write(kind);
        Read(kind, path, new DataProgress(_told.Add) { Time = new FastTime() });
        Assert.Equal(stages, _told.Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..line.LastIndexOf(':')]).Distinct());
        Assert.All(_told, line => Assert.StartsWith(path, line, StringComparison.Ordinal));
        Assert.Contains(_told, line => line.EndsWith(": 100 %", StringComparison.Ordinal));
        foreach (string stage in stages)
        {
            DeleteKept();
            using var stop = new CancellationTokenSource();
            var progress = new DataProgress(line => StopIn(line, stage, stop), stop.Token) { Time = new FastTime() };
            Assert.ThrowsAny<OperationCanceledException>(() => Read(kind, path, progress));
            // What was begun is not kept.
            Assert.Empty(Directory.Exists(Kept) ? Directory.GetFiles(Kept, "*.tokens*") : []);
        }
    }

    [Fact]
    public void A_short_reading_tells_nothing()
    {
        foreach (string kind in (string[])["characters", "tokens", "table", "pictures"])
            Read(kind, Write(kind), new DataProgress(_told.Add));
        Assert.Empty(_told);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reading_that_two_may_end_is_ended_by_each_and_tells_as_before(bool isFirst)
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var progress = new DataProgress(_told.Add, first.Token) { Time = new FastTime() }.Until(second.Token);
        string path = Write("table");
        Read("table", path, progress);
        Assert.NotEmpty(_told);
        (isFirst ? first : second).Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Read("table", path, progress));
    }

    private string Kept => Path.Join(_folder.Path, "cache");

    private void DeleteKept()
    {
        if (Directory.Exists(Kept))
            Directory.Delete(Kept, recursive: true);
    }

    private static void StopIn(string line, string stage, CancellationTokenSource stop)
    {
        if (line.Contains(stage, StringComparison.Ordinal))
            stop.Cancel();
    }

    private string Write(string kind)
    {
        string path = Path.Join(_folder.Path, kind);
        if (kind == "pictures")
        {
            foreach (string name in (string[])["a/1.png", "a/2.png", "b/1.png", "b/2.png"])
            {
                Directory.CreateDirectory(Path.Join(path, name[..1]));
                File.WriteAllBytes(Path.Join(path, name), SmallPng.OfColour(2, 3, (byte)(name[0] + name[2]), 1, 2));
            }
            return path;
        }
        File.WriteAllText(path, kind == "table"
            ? "x,y\n" + string.Concat(Enumerable.Range(0, 3000).Select(row => $"{row % 7 * 0.5},{row % 5 * 1.5}\n"))
            : string.Concat(Enumerable.Range(0, 9000).Select(line => $"line {line % 17} of the text\n")));
        return path;
    }

    private void Read(string kind, string path, DataProgress progress)
    {
        if (kind == "table")
            TableProblem.Create(TextTable.Read(path, progress: progress), new TableQuestion { Target = "y" }, RandomKey.FromSeed(1));
        else if (kind == "pictures")
            OwnImages.Load(path, progress: progress);
        else
        {
            PlainText.Load(path, new PlainTextSettings
            {
                Unit = kind == "tokens" ? TextUnit.Bpe : TextUnit.Character,
                Cache = kind == "kept" ? new TextCache(Kept) { SmallestText = 1 } : null,
                Progress = progress,
            });
        }
    }

    /// <summary>A clock that is a minute later whenever it is looked at.</summary>
    private sealed class FastTime : TimeProvider
    {
        private long _minutes;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => 60 * Interlocked.Increment(ref _minutes);
    }
}
