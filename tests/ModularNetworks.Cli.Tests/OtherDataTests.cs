using System.Text.Json.Nodes;
using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

/// <summary><c>modnet eval RUN --data OTHER</c>: measures a run on data that it was not trained on.</summary>
public sealed class OtherDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Transcript _transcript = new() { HidesMeasurements = true };

    public OtherDataTests() => _transcript.Replace(_folder.Path, "/somewhere");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_is_measured_with_the_columns_of_the_training()
    {
        WriteTable("own.csv", "colour,size,kind", 60, row => $"{"abc"[row % 3]},{row % 7}.5,{(row % 2 == 0 ? "even" : "odd")}");
        Run("train", "table", "--data", _folder["own.csv"], "--target", "kind", "--out", _folder["run"], "--threads", "1", "--steps", "20", "--modules", "3");
        var before = Files(_folder["run"]);
        // Another order, a colour and a size that are new, and one row that differs.
        WriteTable("other.csv", "kind;size;colour", 30, row => $"{(row % 2 == 0 ? "even" : "odd")};{row},25;{(row == 7 ? "violet" : "b")}");
        WriteTable("class.csv", "colour,size,kind", 30, row => $"a,1.5,{(row == 9 ? "neither" : "odd")}");
        WriteTable("cell.csv", "colour,size,kind", 30, row => $"a,{(row == 4 ? "large" : "1.5")},odd");
        WriteTable("column.csv", "size,kind", 30, row => $"{row}.5,odd");
        File.Copy(_folder["own.csv"], _folder["moved.csv"]);
        File.WriteAllText(_folder["one.csv"], "colour,size,kind\nb,3.25,odd\n");
        foreach (string name in (string[])["moved.csv", "other.csv", "one.csv", "class.csv", "cell.csv", "column.csv", "none.csv"])
            _transcript.Run("eval", _folder["run"], "--data", _folder[name]);
        _transcript.Run("eval", _folder["run"], "--data", _folder["other.csv"], "--json");
        _transcript.Run("eval", _folder["run"], "--data", _folder["other.csv"], "--split", "test");
        _transcript.Run("eval", _folder["run"], "--data", _folder["other.csv"], "--best");
        Assert.Equal(before, Files(_folder["run"]));
        Assert.Equal(RightShare("other.csv"), Number("data", "accuracy", "eval", _folder["run"], "--data", _folder["other.csv"], "--json"));
        _transcript.Check("eval-other-table");
    }

    [Theory]
    [InlineData("character")]
    [InlineData("word")]
    [InlineData("bpe")]
    public void A_text_is_measured_with_the_vocabulary_of_the_training(string unit)
    {
        Directory.CreateDirectory(_folder["own"]);
        foreach (string part in (string[])["train", "valid", "test"])
            File.WriteAllText(_folder[$"own/{part}.txt"], string.Concat(Enumerable.Repeat($"The cat sat.\nA dog ran {part}.\n", part == "valid" ? 20 : 30)));
        Run([
            "train", "text", "--data", _folder["own"], "--out", _folder["run"], "--threads", "1", "--steps", "10", "--modules", "2", "--set", "hidden=8", "--set",
            "embedding=8", "--set", "window=5", "--tokens", unit]);
        var before = Files(_folder["run"]);
        Directory.Move(_folder["own"], _folder["moved"]);
        string run = _folder["run"];
        // The test text by itself, and as the test part of other texts, is measured as in the training, to the last bit.
        double expected = Number("test", "perplexity", "eval", run, "--data", _folder["moved"], "--json");
        File.Copy(_folder["moved/test.txt"], _folder["alone.txt"]);
        Assert.Equal(expected, Number("data", "perplexity", "eval", run, "--data", _folder["alone.txt"], "--json"));
        File.AppendAllText(_folder["moved/train.txt"], "The dog.\n");
        Assert.Equal(expected, Number("test", "perplexity", "eval", run, "--data", _folder["moved"], "--json"));
        Assert.NotEqual(expected, Number("valid", "perplexity", "eval", run, "--data", _folder["moved"], "--json", "--split", "valid"));
        File.WriteAllText(_folder["strange.txt"], "The cat sat.\nA zebra ran.\n");
        File.WriteAllText(_folder["short.txt"], "A");
        File.WriteAllText(_folder["empty.txt"], "");
        _transcript.Run("eval", run);
        foreach (string name in (string[])["moved", "alone.txt", "strange.txt", "short.txt", "empty.txt"])
            _transcript.Run("eval", run, "--data", _folder[name]);
        _transcript.Run("eval", run, "--data", _folder["alone.txt"], "--best");
        Assert.Equal(before, Files(run));
        File.Delete(_folder["run/preprocessing.json"]);
        _transcript.Run("eval", run, "--data", _folder["alone.txt"]);
        _transcript.Check($"eval-other-text-{unit}");
    }

    [Fact]
    public void Pictures_are_measured_with_the_classes_and_the_normalisation_of_the_training()
    {
        WritePictures("own/train", 12, noise: 1);
        WritePictures("own/test", 6, noise: 2);
        Run(
            "train", "images", "--data", _folder["own"], "--out", _folder["run"], "--threads", "1", "--steps", "15", "--modules", "3", "--set", "batchSize=8", "--set",
            "convolutions=1", "--set", "hidden=8");
        var before = Files(_folder["run"]);
        Directory.Move(_folder["own"], _folder["moved"]);
        string run = _folder["run"];
        double expected = Number("test", "accuracy", "eval", run, "--data", _folder["moved"], "--json");
        double likelihood = Number("test", "logLikelihood", "eval", run, "--data", _folder["moved"], "--json");
        // To the last bit: the test pictures by themselves.
        Assert.Equal(expected, Number("data", "accuracy", "eval", run, "--data", _folder["moved/test"], "--json"));
        Assert.Equal(likelihood, Number("data", "logLikelihood", "eval", run, "--data", _folder["moved/test"], "--json"));
        Assert.Equal(expected, PredictedShare("moved/test"));
        WritePictures("some", 5, noise: 3, classes: 2);
        WritePictures("parts/val", 4, noise: 4);
        WritePictures("parts/test", 4, noise: 5, classes: 1);
        WritePictures("strange", 2, noise: 6, classes: 4);
        File.Copy(_folder["some/class0/0.png"], _folder["one.png"]);
        foreach (string name in (string[])["moved", "moved/test", "some", "parts", "strange", "one.png", "none"])
            _transcript.Run("eval", run, "--data", _folder[name]);
        _transcript.Run("eval", run, "--data", _folder["parts"], "--split", "valid", "--json");
        _transcript.Run("eval", run, "--data", _folder["parts"], "--split", "train");
        Assert.Equal(before, Files(run));
        _transcript.Check("eval-other-images");
    }

    /// <summary>The share of pictures whose class, the name of their folder, is predicted.</summary>
    private double PredictedShare(string folder)
    {
        string[] rows = Run("predict", _folder["run"], _folder[folder], "--csv").Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        return (double)rows.Count(row => Path.GetFileName(Path.GetDirectoryName(row.Split(',')[0])) == row.Split(',')[1]) / rows.Length;
    }

    /// <summary>Writes pictures whose class is how bright they are.</summary>
    private void WritePictures(string folder, int ofClass, int noise, int classes = 3)
    {
        const int Side = 8;
        for (int label = 0; label < classes; label++)
        {
            Directory.CreateDirectory(_folder[$"{folder}/class{label}"]);
            for (int n = 0; n < ofClass; n++)
            {
                byte[] pixels = [.. Enumerable.Range(0, Side * Side).Select(place => (byte)((label * 60) + (((place * noise) + n) * 7919 % 97)))];
                File.WriteAllBytes(_folder[$"{folder}/class{label}/{n}.png"], PngFile.Encode(pixels, Side, Side, channels: 1));
            }
        }
    }

    /// <summary>The share of a table's rows whose class is predicted.</summary>
    private double RightShare(string name)
    {
        string[] rows = File.ReadAllLines(_folder[name])[1..];
        string[] predicted = Run("predict", _folder["run"], _folder[name]).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        return (double)rows.Zip(predicted).Count(row => row.First.Split(';')[0] == row.Second.Split(',')[1]) / rows.Length;
    }

    private static double Number(string split, string name, params string[] command) => JsonNode.Parse(Run(command))![split]![name]!.GetValue<double>();

    private void WriteTable(string name, string header, int rows, Func<int, string> row) =>
        File.WriteAllLines(_folder[name], Enumerable.Range(0, rows).Select(row).Prepend(header));

    private static string Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = Transcript.Run(arguments, new DataLocation(null, "/no-cache"), output, error);
        Assert.True(exitCode == 0, error.ToString());
        return output.ToString();
    }

    private static SortedDictionary<string, string> Files(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path))),
        StringComparer.Ordinal);
}
