using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Tests;

/// <summary>Tests of runs of <c>train table</c> whose table is gone, and whose folder was moved.</summary>
public sealed class TableWithoutDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("number")]
    [InlineData("word")]
    public void The_command_says_to_the_last_bit_what_the_library_says(string target)
    {
        string[] rows = Train(target);
        Assert.Equal(0, Run(out _, "predict", _folder["moved"], _folder["new.csv"], "-o", _folder["answers.csv"]));
        Assert.Equal(0, Run(out string json, "predict", _folder["moved"], _folder["new.csv"], "--json"));
        string[] lines = File.ReadAllLines(_folder["answers.csv"]), objects = json.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var model = TableModel.Load(RunFolder.Open(_folder["moved"]));
        foreach (var (place, row) in rows.Index())
        {
            var prediction = model.PredictRow(row.Split(';'), decimalSign: ',');
            var written = JsonNode.Parse(objects[place])!;
            string[] cells = lines[place + 1].Split(',');
            Assert.Equal(string.Join(' ', prediction.Modules[0].Modules), cells[^1]);
            if (target == "number")
            {
                Assert.Equal([Written(prediction.Number!.Value), Written(prediction.Deviation!.Value)], cells[1..3]);
                Assert.Equal(Written(prediction.Number.Value), written["number"]!.ToJsonString());
                continue;
            }
            Assert.Equal(prediction.Classes[0].Class, cells[1]);
            Assert.Equal(prediction.Classes.OrderBy(found => found.Class, StringComparer.Ordinal).Select(found => Written(found.Probability)), cells[2..^1]);
            Assert.Equal(Written(prediction.Classes[0].Probability), written["probabilities"]![cells[1]]!.ToJsonString());
        }
    }

    [Fact]
    public void The_sample_says_what_the_library_says()
    {
        string row = Train("number")[3];
        string[] cells = row.Replace(',', '.').Split(';')[1..];
        Assert.Equal((2, "Give the run and 2 cells: size, kind.\n"), Sample(cells[..1]));
        var (exitCode, said) = Sample(cells);
        Assert.Equal(0, exitCode);
        var expected = TableModel.Load(RunFolder.Open(_folder["moved"])).PredictRow(row.Split(';'), decimalSign: ',');
        Assert.StartsWith($"number: {Written(expected.Number!.Value)} ", said, StringComparison.Ordinal);
        Assert.EndsWith($" by hidden {expected.Modules[0].Modules[0]}\n", said, StringComparison.Ordinal);
    }

    private (int ExitCode, string Said) Sample(string[] cells)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, "PredictRow.dll"), _folder["moved"], .. cells])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        string said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Options_that_the_run_has_already_may_be_given_to_go_on()
    {
        Train("word");
        string[] resume = ["train", "table", "--resume", "--out", _folder["moved"], "--data", _folder["gone.csv"]];
        Assert.Equal(0, Run(out _, [.. resume, "--target", "word", "--method", "em", "--modules", "8", "--parallel", "1", "--set", "batchSize=128", "--set", "learningRate=0.003"]));
        Assert.Contains("; --target would make it another run.", Refusal([.. resume, "--method", "em", "--target", "kind"]), StringComparison.Ordinal);
        Assert.Contains("; --method would make it another run.", Refusal([.. resume, "--method", "reinforce"]), StringComparison.Ordinal);
        Assert.Contains("; --set would make it another run.", Refusal([.. resume, "--set", "batchSize=128", "--set", "learningRate=0.004"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_are_not_read_are_named()
    {
        Train("word");
        using var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(0, Transcript.Run(["export", _folder["moved"], "--data", "/nix", "-o", _folder["model.onnx"]], new DataLocation(null, "/no-cache"), TextWriter.Null, error));
        Assert.Equal("warning: export: --data /nix is not read: the run keeps what it needs of its data. Leave it out.\n", error.ToString());
    }

    [Fact]
    public void Without_preprocessing_the_table_of_the_training_is_asked_for_and_is_enough()
    {
        Train("number");
        Assert.Equal(0, Run(out string before, "predict", _folder["moved"], _folder["new.csv"]));
        string file = _folder["moved/preprocessing.json"];
        File.AppendAllText(file, "x");
        Assert.EndsWith("Restore the file; or delete it, and give the data of the training with --data.\n", Refusal("predict", _folder["moved"], _folder["new.csv"]), StringComparison.Ordinal);
        File.Delete(file);
        Assert.Equal(
            $"modnet: {_folder["moved"]}: it has no preprocessing.json, and the data of the training are not at {_folder["table.csv"]}. Give them with --data.\n",
            Refusal("predict", _folder["moved"], _folder["new.csv"]));
        Assert.Equal(0, Run(out string after, "predict", _folder["moved"], _folder["new.csv"], "--data", _folder["gone.csv"]));
        Assert.Equal(before, after);
        File.WriteAllText(_folder["other.csv"], File.ReadAllText(_folder["gone.csv"]).Replace("0,5", "0,7", StringComparison.Ordinal));
        Assert.Contains("the data are not those", Refusal("predict", _folder["moved"], _folder["new.csv"], "--data", _folder["other.csv"]), StringComparison.Ordinal);
        string command = $"train table --out {_folder["moved"]} --resume";
        Assert.Equal(
            $"modnet: {_folder["moved"]}: it has no preprocessing.json. Write it again by 'modnet {command}'; add --data if the data of the training have moved.\n",
            Refusal("eval", _folder["moved"], "--data", _folder["other.csv"]));
        Assert.Equal($"modnet: train: the data of the run are not at {_folder["table.csv"]} any more. Give them with --data.\n", Refusal(command.Split(' ')));
        Assert.Equal(0, Run(out _, [.. command.Split(' '), "--data", _folder["gone.csv"]]));
        Assert.Equal(0, Run(out after, "predict", _folder["moved"], _folder["new.csv"]));
        Assert.Equal(before, after);
    }

    /// <summary>Trains, takes the table away and moves the run.</summary>
    /// <returns>Rows without the target, of which <c>new.csv</c> has other columns in another order too.</returns>
    private string[] Train(string target)
    {
        string table = _folder["table.csv"];
        File.WriteAllLines(table, Enumerable.Range(0, 80).Select(row => $"{row};{Half(row % 7)};{"abc"[row % 3]};{(target == "number" ? Half(row % 5) : "xyz"[row % 3])}").Prepend($"id;size;kind;{target}"));
        Assert.Equal(0, Run(out _, "train", "table", "--data", table, "--target", target, "--steps", "30", "--threads", "1", "--out", _folder["run"]));
        File.Move(table, _folder["gone.csv"]);
        Directory.Move(_folder["run"], _folder["moved"]);
        string[] rows = [.. Enumerable.Range(0, 20).Select(row => $"{row};{(row == 5 ? "" : Half(row % 9))};{"abcd"[row % 4]}")];
        File.WriteAllLines(_folder["new.csv"], rows.Select(row => string.Join(';', row.Split(';').Reverse()) + ";more").Prepend("kind;size;id;note"));
        return rows;
    }

    // The shortest text that is read as the same number of single precision.
    private static string Written(float number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Half(int number) => (number * 0.5).ToString(CultureInfo.InvariantCulture).Replace('.', ',');

    private static string Refusal(params string[] arguments)
    {
        using var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(2, Transcript.Run(arguments, new DataLocation(null, "/no-cache"), TextWriter.Null, error));
        return error.ToString();
    }

    private static int Run(out string output, params string[] arguments)
    {
        using var written = new StringWriter { NewLine = "\n" };
        int exitCode = Transcript.Run(arguments, new DataLocation(null, "/no-cache"), written, TextWriter.Null);
        output = written.ToString();
        return exitCode;
    }
}
