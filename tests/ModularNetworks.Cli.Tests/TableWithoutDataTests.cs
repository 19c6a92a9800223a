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
                Assert.Equal([(float)prediction.Number!, (float)prediction.Deviation!], cells[1..3].Select(Number));
                Assert.Equal((float)prediction.Number, written["number"]!.GetValue<float>());
                continue;
            }
            Assert.Equal(prediction.Classes[0].Class, cells[1]);
            Assert.Equal(prediction.Classes.OrderBy(found => found.Class, StringComparer.Ordinal).Select(found => (float)found.Probability), cells[2..^1].Select(Number));
            Assert.Equal((float)prediction.Classes[0].Probability, written["probabilities"]![cells[1]]!.GetValue<float>());
        }
    }

    [Fact]
    public void The_sample_says_what_the_library_says()
    {
        string row = Train("number")[3];
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, "PredictRow.dll"), _folder["moved"], .. row.Replace(',', '.').Split(';')[1..]])
            {
                RedirectStandardOutput = true,
            })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        var expected = TableModel.Load(RunFolder.Open(_folder["moved"])).PredictRow(row.Split(';'), decimalSign: ',');
        Assert.StartsWith("number: ", said, StringComparison.Ordinal);
        Assert.EndsWith($" by hidden {expected.Modules[0].Modules[0]}\n", said.ReplaceLineEndings("\n"), StringComparison.Ordinal);
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

    private static float Number(string cell) => float.Parse(cell, CultureInfo.InvariantCulture);

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
