using System.Globalization;

namespace ModularNetworks.Cli.Tests;

/// <summary>Transcripts of <c>export</c>.</summary>
public sealed class ExportTranscriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Transcript _transcript = new() { HidesMeasurements = true };

    public ExportTranscriptTests()
    {
        _transcript.Replace(_folder.Path, "/somewhere");
        File.WriteAllLines(_folder["rows.csv"], ["length,colour,checked,prediction,price,made", .. Enumerable.Range(0, 60).Select(Row)]);
        File.WriteAllText(_folder["text.txt"], string.Concat(Enumerable.Range(0, 400).Select(n => n % 7 == 0 ? "so it goes\n" : "on and on ")));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_become_files()
    {
        Train("table", "price", "--data", _folder["rows.csv"], "--target", "price", "--set", "controller=table");
        Train("table", "colour", "--data", _folder["rows.csv"], "--target", "colour", "--parallel", "2", "--set", "shared=false");
        Train("table", "fixed", "--data", _folder["rows.csv"], "--target", "colour", "--method", "fixed");
        Train("text", "text", "--data", _folder["text.txt"], "--set", "window=10");
        Train("rules", "rules", "--set", "points=100", "--set", "controller=table", "--set", "start=clusters");
        _transcript.Run("export", "--help");
        foreach (string run in (string[])["price", "colour", "fixed", "rules", "text"])
            _transcript.Run("export", _folder[run], "-o", _folder[$"{run}.onnx"]);
        _transcript.Run("export", _folder["text"], "--window", "-o", _folder["window.onnx"]);
        byte[] bytes = File.ReadAllBytes(_folder["price.onnx"]);
        _transcript.Run("export", _folder["price"], "-o", _folder["price.onnx"]);
        Assert.Equal(bytes, File.ReadAllBytes(_folder["price.onnx"]));
        _transcript.Check("export");
    }

    [Fact]
    public void What_cannot_be_exported_is_one_line_and_leaves_the_file_as_it_was()
    {
        Train("table", "topk", "--data", _folder["rows.csv"], "--target", "price", "--method", "topk");
        Train("toy", "toy");
        File.WriteAllText(_folder["model.onnx"], "as it was");
        _transcript.Run("export");
        _transcript.Run("export", _folder["none"]);
        _transcript.Run("export", _folder["topk"], "-o", _folder["model.onnx"]);
        _transcript.Run("export", _folder["toy"], "-o", _folder["model.onnx"]);
        _transcript.Run("export", _folder["topk"], "--window", "-o", _folder["model.onnx"]);
        _transcript.Run("export", _folder["topk"], "-o", _folder.Path);
        _transcript.Run("export", _folder["topk"], "-o", _folder["topk/config.json"]);
        _transcript.Run("export", _folder["topk"], "-o", "");
        _transcript.Run("export", _folder["topk"], "-o", _folder["no/such/model.onnx"]);
        Assert.Equal("as it was", File.ReadAllText(_folder["model.onnx"]));
        Assert.Single(Directory.GetFiles(_folder.Path, "model.onnx*"));
        _transcript.Check("refused-export");
    }

    private static string Row(int row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row * 0.25},{"red,green,blue".Split(',')[row % 3]},{(row % 2 == 0 ? "yes" : "")},{row % 7 * 0.5},{row % 5},2026-0{1 + (row % 9)}-11");

    private void Train(string kind, string run, params string[] further)
    {
        using var error = new StringWriter();
        int code = Transcript.Run(
            ["train", kind, "--out", _folder[run], "--steps", "5", "--threads", "1", .. further], _transcript.Data, TextWriter.Null, error);
        Assert.True(code == 0, error.ToString());
    }
}
