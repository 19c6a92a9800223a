using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Tests;

/// <summary>Commands on a run on images that were deleted, in a folder that was moved.</summary>
public sealed class ImagesWithoutDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_stands_alone()
    {
        Train();
        string before = Called.Run("inspect", _folder["run"]);
        Hide();
        var (exitCode, output, error) = Called.Any("inspect", _folder["moved"]);
        Assert.Equal((0, before), (exitCode, output));
        Assert.Equal($"note: {_folder["digits"]} is not there any more; this is the inspection that {_folder["moved"]} keeps.\n", error);
        Assert.Contains("1 run", Called.Run("report", _folder["moved"], "-o", _folder["page.html"]), StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,", File.ReadAllText(_folder["page.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_told_is_named_in_one_line()
    {
        Train();
        File.Delete(_folder["run/inspection.json"]);
        Hide();
        var (exitCode, output, error) = Called.Any("inspect", _folder["moved"]);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal(
            $"modnet: inspect: {_folder["moved"]} keeps no inspection, which the end of a training writes, and {_folder["digits"]} is not there any more. "
            + "Give the data with --data.\n",
            error);
        Assert.NotEmpty(Called.Run("inspect", _folder["moved"], "--data", _folder["hidden"]));
    }

    [Fact]
    public void An_inspection_of_an_earlier_step_is_told_as_such()
    {
        Train();
        byte[] kept = File.ReadAllBytes(_folder["run/inspection.json"]);
        Called.Run("train", "optdigits", "--out", _folder["run"], "--resume", "--steps", "8");
        File.WriteAllBytes(_folder["run/inspection.json"], kept);
        Hide();
        var (exitCode, _, error) = Called.Any("inspect", _folder["moved"]);
        Assert.Equal(0, exitCode);
        Assert.EndsWith("keeps of step 5; that of step 8 needs the data (--data).\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_predicted_from_names_and_folders()
    {
        Train();
        WritePictures();
        Hide();
        var transcript = new Transcript { HidesMeasurements = true };
        transcript.Replace(_folder.Path, "/somewhere");
        string run = _folder["moved"], one = _folder["pictures/1.png"];
        transcript.Run("predict", run, one, "--top", "2");
        transcript.Run("predict", run, _folder["pictures"], one, "--top", "1");
        transcript.Run("predict", run, one, "--csv");
        transcript.Run("predict", run, one, "--json", "--top", "1");
        transcript.Run("predict", run, _folder["bad.png"], _folder["none.png"], _folder["empty"], one, "--top", "1");
        transcript.Run("predict", run, one, _folder["bad.png"], one, "--top", "1", "--strict");
        transcript.Run("predict", run, one, "--csv", "--top", "1");
        transcript.Run("predict", run, one, "--top", "0");
        transcript.Run("predict", run, one, _folder["bad.png"], "--csv", "--strict", "-o", _folder["answers.csv"]);
        Assert.False(File.Exists(_folder["answers.csv"]));
        transcript.Run("predict", run, _folder["pictures"], "--csv", "-o", _folder["answers.csv"]);
        Assert.Equal(5, File.ReadAllLines(_folder["answers.csv"]).Length);
        File.Delete(_folder["moved/preprocessing.json"]);
        transcript.Run("predict", run, one);
        transcript.Run("predict", run, one, "--top", "1", "--data", _folder["hidden"]);
        transcript.Check("predict-images");
    }

    [Fact]
    public void Names_of_standard_input_are_answered_one_by_one()
    {
        Train();
        WritePictures();
        Hide();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        // Each name is there only when the one before was answered.
        var context = new CliContext(() => throw new InvalidOperationException(), output, error, new DataLocation(null, "/no-cache"))
        {
            OpenInput = () => new Dialogue(output, error, [_folder["pictures/1.png"], _folder["bad.png"], "", "a\0b", _folder["pictures/a/3.png"]]),
        };
        Assert.Equal(2, new Application(context).Run(["predict", _folder["moved"], "-", "--json", "--top", "10"], TestContext.Current.CancellationToken));
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal([_folder["pictures/1.png"], _folder["pictures/a/3.png"]], lines.Select(line => line["image"]!.GetValue<string>()));
        string[] errors = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, errors.Length);
        Assert.Equal("modnet: line 4 of standard input is no file name; give names, one a line.", errors[^1]);

        // To the last bit what the library says of the same image in the table that it was trained on.
        var model = ImageModel.Load(RunFolder.Open(_folder["moved"]));
        var expected = model.PredictPixels(Optdigits.Load(_folder["hidden"]).Test[3], count: 10);
        Assert.Equal(
            expected.Classes.Select(found => (found.Class, found.Probability)),
            lines[^1]["probabilities"]!.AsObject().Select(found => (found.Key, found.Value!.GetValue<float>())));
        Assert.Equal(
            expected.Modules.SelectMany(layer => layer.Modules), lines[^1]["modules"]!.AsObject().SelectMany(layer => layer.Value!.AsArray().Select(module => module!.GetValue<int>())));
        Assert.Equivalent(expected, model.Predict(File.ReadAllBytes(_folder["pictures/a/3.png"]), count: 10), strict: true);
    }

    [Fact]
    public void The_sample_says_what_the_command_says()
    {
        Train();
        WritePictures();
        Hide();
        string picture = _folder["pictures/2.PNG"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, "ClassifyImages.dll"), _folder["moved"], picture])
        {
            RedirectStandardOutput = true,
        })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        var expected = ImageModel.Load(RunFolder.Open(_folder["moved"])).Predict(File.ReadAllBytes(picture), count: 1);
        Assert.StartsWith($"2.PNG: {expected.Classes[0].Class} ", said, StringComparison.Ordinal);
        Assert.EndsWith($"output {string.Join('+', expected.Modules[^1].Modules)}\n", said.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    /// <summary>Writes the first test images as pictures: 16 pixels of ink are white.</summary>
    private void WritePictures()
    {
        Directory.CreateDirectory(_folder["pictures/a"]);
        Directory.CreateDirectory(_folder["pictures/.hidden"]);
        Directory.CreateDirectory(_folder["empty"]);
        File.WriteAllText(_folder["bad.png"], "no picture");
        File.WriteAllText(_folder["pictures/notes.txt"], "no picture");
        var images = Optdigits.Load(_folder["digits"]).Test;
        foreach (var (name, image) in ((string, int)[])[("2.PNG", 2), ("1.png", 1), ("a/3.png", 3), (".0.png", 0), (".hidden/0.png", 0), ("b.png", 4)])
        {
            byte[] pixels = [.. images[image].ToArray().Select(ink => (byte)Math.Round(ink * 255.0 / 16))];
            File.WriteAllBytes(_folder[$"pictures/{name}"], PngFile.Encode(pixels, width: 8, height: 8, channels: 1));
        }
    }

    private void Train()
    {
        Directory.CreateDirectory(_folder["digits"]);
        foreach (var (name, images) in ((string, int)[])[(Optdigits.TrainFile, 3823), (Optdigits.TestFile, 1797)])
        {
            File.WriteAllLines(
                _folder[$"digits/{name}"],
                Enumerable.Range(0, images).Select(n => string.Join(
                    ',', Enumerable.Range(0, 64).Select(place => place % 10 == n % 10 ? 16 : (n + place) % 4).Append(n % 10))));
        }
        Called.Run("train", "optdigits", "--data", _folder["digits"], "--out", _folder["run"], "--threads", "1", "--steps", "5", "--modules", "3");
    }

    private void Hide()
    {
        Directory.Move(_folder["digits"], _folder["hidden"]);
        Directory.Move(_folder["run"], _folder["moved"]);
    }

    /// <summary>Gives a line when the one before was answered.</summary>
    private sealed class Dialogue(TextWriter output, TextWriter error, IReadOnlyList<string> lines) : MemoryStream
    {
        private int _given;

        public override int Read(Span<byte> buffer)
        {
            int answers = $"{output}{error}".Count(letter => letter == '\n');
            Assert.Equal(_given, answers);
            return _given < lines.Count ? Encoding.UTF8.GetBytes(lines[_given++] + "\n", buffer) : 0;
        }
    }
}
