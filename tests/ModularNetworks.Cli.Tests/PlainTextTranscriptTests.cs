namespace ModularNetworks.Cli.Tests;

/// <summary>Transcripts of <c>train text</c>, and of other commands on its runs.</summary>
public sealed class PlainTextTranscriptTests : IDisposable
{
    private const string Verse = "The cat sat.\nA dog ran.\nTwo cats sat, and dogs ran.\n";

    private readonly TemporaryFolder _folder = new();
    private readonly Transcript _transcript = new() { HidesMeasurements = true };

    public PlainTextTranscriptTests() => _transcript.Replace(_folder.Path, "/somewhere");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_from_training_to_measurement()
    {
        File.WriteAllText(_folder["own.txt"], string.Concat(Enumerable.Repeat(Verse, 20)));
        _transcript.Run("train", "text", "--help");
        _transcript.Run([.. Train("own.txt", "run"), "--threads", "1", "--steps", "20", "--modules", "2"]);
        _transcript.Run("eval", _folder["run"]);
        _transcript.Run("eval", _folder["run"], "--split", "valid", "--json");
        _transcript.Run("inspect", _folder["run"]);
        _transcript.Run("report", _folder["run"], "-o", _folder["page.html"]);
        _transcript.Run([.. Train("own.txt", "words"), "--threads", "1", "--steps", "10", "--modules", "2", "--tokens", "word", "--set", "window=4"]);
        _transcript.Run([.. Train("own.txt", "bpe"), "--threads", "1", "--steps", "10", "--modules", "2", "--tokens", "bpe", "--vocabulary", "280", "--set", "window=4"]);
        _transcript.Run("inspect", _folder["bpe"]);
        _transcript.Run("predict", "--help");
        _transcript.Run("generate", "--help");
        File.Move(_folder["own.txt"], _folder["moved.txt"]);
        _transcript.Run("generate", _folder["run"], "--prompt", "The ", "--tokens", "20", "--temperature", "0");
        _transcript.Run("generate", _folder["words"], "--prompt", "Two cats sat,", "--tokens", "4", "--temperature", "0");
        _transcript.Run("generate", _folder["bpe"], "--prompt", "The zebra", "--tokens", "4", "--temperature", "0");
        _transcript.Run("predict", _folder["bpe"], "The zebra", "--top", "2");
        _transcript.Run("generate", _folder["run"], "--prompt", "The zebra", "--tokens", "20");
        _transcript.Run("predict", _folder["run"], "The c", "The ", "The zebra", "", "--top", "1");
        _transcript.Run("predict", _folder["run"], "The zebra", "The c", "--top", "1", "--strict");
        _transcript.Run("predict", _folder["run"], "The c", "--top", "1", "--json");
        _transcript.Run("predict", _folder["run"], "The c", "a, b", "--top", "2", "--csv");
        _transcript.Run("predict", _folder["run"], "The c", "--top", "0");
        _transcript.Run("generate", _folder["run"], "--tokens", "0");
        _transcript.Run("generate", _folder["run"], "--temperature", "-1");
        _transcript.Run("generate", _folder["none"]);
        _transcript.Run("eval", _folder["run"]);
        _transcript.Run("train", "text", "--resume", "--out", _folder["run"], "--data", _folder["moved.txt"], "--steps", "25");
        File.AppendAllText(_folder["moved.txt"], "More.\n");
        _transcript.Run("train", "text", "--resume", "--out", _folder["run"], "--data", _folder["moved.txt"], "--steps", "30");
        _transcript.Check("train-text");
    }

    [Fact]
    public void A_text_that_cannot_be_used_is_one_line_and_leaves_nothing()
    {
        Write("empty.txt", "");
        Write("binary.txt", "a\0b");
        Write("latin.txt", "caf\u00E9"u8[..^1].ToArray());
        Write("same.txt", new string('a', 100));
        Write("short.txt", "Too short to be cut");
        Write("brief.txt", Verse);
        Write("two/a.train.txt", Verse);
        Write("two/a.valid.txt", Verse);
        Write("four/train.txt", Verse);
        Write("four/valid.txt", Verse);
        Write("four/test.txt", Verse);
        Write("four/latest.txt", Verse);
        _transcript.Run("train", "text", "--out", _folder["run"]);
        foreach (string name in (string[])["none", "empty.txt", "binary.txt", "latin.txt", "same.txt", "short.txt", "brief.txt", "two", "four"])
            _transcript.Run(Train(name, "run"));
        foreach (string setting in (string[])["tokens=word", "minimumCount=-1", "minimumCount=often", "validShare=0.95", "split=lines"])
            _transcript.Run([.. Train("brief.txt", "run"), "--set", setting]);
        _transcript.Run([.. Train("brief.txt", "run"), "--tokens", "line"]);
        _transcript.Run([.. Train("brief.txt", "run"), "--tokens", "bpe", "--vocabulary", "100"]);
        _transcript.Run([.. Train("brief.txt", "run"), "--vocabulary", "many"]);
        Assert.False(Directory.Exists(_folder["run"]));
        _transcript.Check("refused-text");
    }

    private string[] Train(string data, string run) => ["train", "text", "--data", _folder[data], "--out", _folder[run]];

    private void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllBytes(_folder[name], bytes);
    }
}
