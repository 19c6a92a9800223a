using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ModularNetworks.Cli.Tests;

/// <summary>Transcripts of <c>export</c>, and the files that it writes.</summary>
public sealed class ExportTranscriptTests : IDisposable
{
    private const int Rows = 60;

    private static readonly string[] Colours = ["red", "green", "blue"];

    private readonly TemporaryFolder _folder = new();
    private readonly Transcript _transcript = new() { HidesMeasurements = true };

    public ExportTranscriptTests()
    {
        _transcript.Replace(_folder.Path, "/somewhere");
        File.WriteAllLines(_folder["rows.csv"], ["length,colour,checked,prediction,price,made", .. Enumerable.Range(0, Rows).Select(Row)]);
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
    public void Mixtures_and_files_of_estimators_become_files()
    {
        Train("table", "mixed", "--data", _folder["rows.csv"], "--target", "colour", "--method", "topk", "--set", "mixedModules=2");
        Train("text", "mixed-text", "--data", _folder["text.txt"], "--method", "topk", "--set", "window=10");
        var options = new FitOptions { Steps = 1 };
        var letters = new ModularLanguageModel(CharacterVocabulary.Of("so it goes"), modules: 2, seed: 1, embedding: 3, hidden: 4, window: 3);
        letters.Fit("so it goes so", options);
        letters.Save(_folder["letters.safetensors"]);
        var classes = new ModularClassifier(inputs: 2, classes: 2, modules: 2, seed: 1, hidden: 3);
        classes.Fit([[0, 1], [1, 0], [2, 1]], [0, 1, 0], options);
        classes.Save(_folder["classes.safetensors"]);
        _transcript.Run("export", _folder["mixed"], "-o", _folder["mixed.onnx"]);
        _transcript.Run("export", _folder["mixed-text"], "-o", _folder["mixed-text.onnx"]);
        _transcript.Run("export", _folder["letters.safetensors"], "-o", _folder["letters.onnx"]);
        _transcript.Run("export", _folder["letters.safetensors"], "--window", "-o", _folder["letters.onnx"]);
        _transcript.Run("export", _folder["classes.safetensors"], "-o", _folder["classes.onnx"]);
        _transcript.Run("export", _folder["classes.safetensors"], "--window");
        _transcript.Run("export", _folder["classes.safetensors"], "--data", "rows.csv");
        _transcript.Run("export", _folder["rows.csv"]);
        _transcript.Check("export-mixtures-and-estimators");
    }

    [Fact]
    public void An_exported_table_answers_as_predict_does()
    {
        Train("table", "run", "--data", _folder["rows.csv"], "--target", "price", "--set", "controller=table");
        Run("predict", _folder["run"], _folder["rows.csv"], "--csv", "-o", _folder["answers.csv"]);
        Run("export", _folder["run"], "-o", _folder["run.onnx"]);
        string[][] expected = [.. File.ReadLines(_folder["answers.csv"]).Skip(1).Select(line => line.Split(','))];
        using var session = new InferenceSession(_folder["run.onnx"]);
        int[] rows = [.. Enumerable.Range(0, Rows)];
        using var results = session.Run([
            Input("length", rows, row => row * 0.25), Input("colour", rows, row => Colours[row % 3]), Input("checked", rows, row => row % 2 == 0 ? 1 : double.NaN),
            Input("prediction_", rows, row => row % 7 * 0.5), Input("made", rows, row => (double)(Made(row) - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber))]);
        float[] predicted = [.. results.First(result => result.Name == "prediction").AsEnumerable<float>()];
        Assert.All(rows, row => Assert.Equal(float.Parse(expected[row][1], CultureInfo.InvariantCulture), predicted[row], tolerance: 1e-4));
        Assert.Equal(expected.Select(row => row[3]), results.First(result => result.Name == "hidden_modules").AsEnumerable<long>().Select(module => $"{module}"));
    }

    [Fact]
    public void What_cannot_be_exported_is_one_line_and_leaves_the_file_as_it_was()
    {
        Train("table", "price", "--data", _folder["rows.csv"], "--target", "price");
        Train("toy", "toy");
        File.WriteAllText(_folder["model.onnx"], "as it was");
        _transcript.Run("export");
        _transcript.Run("export", _folder["none"]);
        _transcript.Run("export", _folder["toy"], "-o", _folder["model.onnx"]);
        _transcript.Run("export", _folder["price"], "--window", "-o", _folder["model.onnx"]);
        _transcript.Run("export", _folder["price"], "-o", _folder.Path);
        _transcript.Run("export", _folder["price"], "-o", _folder["price/config.json"]);
        _transcript.Run("export", _folder["price"], "-o", "");
        _transcript.Run("export", _folder["price"], "-o", _folder["no/such/model.onnx"]);
        Assert.Equal("as it was", File.ReadAllText(_folder["model.onnx"]));
        Assert.Single(Directory.GetFiles(_folder.Path, "model.onnx*"));
        _transcript.Check("refused-export");
    }

    private static string Row(int row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row * 0.25},{Colours[row % 3]},{(row % 2 == 0 ? "yes" : "")},{row % 7 * 0.5},{row % 5},{DateOnly.FromDayNumber(Made(row)):yyyy-MM-dd}");

    private static int Made(int row) => new DateOnly(2026, 1 + (row % 9), 11).DayNumber;

    private static NamedOnnxValue Input<T>(string name, int[] rows, Func<int, T> cell) =>
        NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(rows.Select(cell).ToArray(), [rows.Length, 1]));

    private void Train(string kind, string run, params string[] further) =>
        Run(["train", kind, "--out", _folder[run], "--steps", "5", "--threads", "1", .. further]);

    private void Run(params string[] arguments)
    {
        using var error = new StringWriter();
        int code = Transcript.Run(arguments, _transcript.Data, TextWriter.Null, error);
        Assert.True(code == 0, error.ToString());
    }
}
