using System.Diagnostics;
using System.Text.Json.Nodes;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Tests;

/// <summary>Commands on a run of <c>train text</c> whose text was deleted and whose folder was moved.</summary>
public sealed class TextWithoutDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_stands_alone()
    {
        Train();
        string before = Called.Run("inspect", _folder["run"]);
        Hide();
        Assert.Equal(before, Called.Run("inspect", _folder["moved"]));
        Assert.Contains("1 run", Called.Run("report", _folder["moved"], "-o", _folder["page.html"]), StringComparison.Ordinal);
        string first = Called.Run("generate", _folder["moved"], "--prompt", "The cat", "--tokens", "50", "--seed", "3");
        Assert.Equal(51, first.Length);
        Assert.Equal(first, Called.Run("generate", _folder["moved"], "--prompt", "The cat", "--tokens", "50", "--seed", "3"));
        Assert.NotEqual(first, Called.Run("generate", _folder["moved"], "--prompt", "The cat", "--tokens", "50", "--seed", "4"));
    }

    [Fact]
    public void Lines_of_standard_input_are_predicted_one_by_one()
    {
        Train();
        Hide();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var context = new CliContext(() => throw new InvalidOperationException(), output, error, new DataLocation(null, "/no-cache"))
        {
            OpenInput = () => new MemoryStream([.. "The cat\nThe zebra\n\nor "u8, 0xff, .. " not\nA d"u8]),
        };
        Assert.Equal(2, new Application(context).Run(["predict", _folder["moved"], "--json"], TestContext.Current.CancellationToken));
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["The cat", "", "A d"], lines.Select(line => JsonNode.Parse(line)!["text"]!.GetValue<string>()));
        Assert.StartsWith("modnet: predict: line 2: 'z', 'b' are not among", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\nmodnet: predict: line 4 is not valid UTF-8. Convert it to UTF-8.\n", error.ToString(), StringComparison.Ordinal);

        // To the last bit what the library says.
        var model = TextModel.Load(RunFolder.Open(_folder["moved"]));
        var expected = model.Predict(model.Encoding.Encode("A d"), count: 5);
        var read = JsonNode.Parse(lines[^1])!;
        Assert.Equal(expected.Next.Select(next => next.Probability), read["next"]!.AsArray().Select(next => next!["probability"]!.GetValue<float>()));
        Assert.Equal(expected.Modules, read["modules"]!.AsArray().Select(module => module!.GetValue<int>()));
    }

    [Fact]
    public void No_more_are_told_than_the_vocabulary_has()
    {
        Train();
        int known = TextModel.Load(RunFolder.Open(_folder["run"])).Encoding.Vocabulary.Count;
        string header = Called.Run("predict", _folder["run"], "The", "--csv", "--top", $"{int.MaxValue}").Split('\n')[0];
        Assert.EndsWith($",next{known},p{known},modules", header, StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_of_a_file_is_a_text_and_this_is_told()
    {
        Train("word");
        Hide();
        string file = _folder["hidden.txt"];
        var (exitCode, output, error) = Called.Any("predict", _folder["moved"], file, "The cat");
        Assert.Equal(0, exitCode);
        Assert.Equal(2, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith(
            $"note: '{file}' is taken as the text, and not the file of that name; the lines of a file are read from standard input.\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain("'The cat' is taken", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_that_are_unknown_are_named()
    {
        Train("word");
        Hide();
        var (exitCode, output, error) = Called.Any("generate", _folder["moved"], "--prompt", "The zebra and the cat", "--tokens", "3");
        Assert.Equal((0, "warning: --prompt: <unk> stands for 'zebra', 'the'\n"), (exitCode, error));
        Assert.InRange(output.Split([' ', '\n']).Length, 4, 5);
    }

    [Fact]
    public void A_damaged_file_is_one_line()
    {
        Train();
        Hide();
        string file = _folder["moved/preprocessing.json"];
        File.WriteAllText(file, File.ReadAllText(file)[..^10]);
        Assert.StartsWith($"modnet: {file}: ", Called.Refusal("generate", _folder["moved"]), StringComparison.Ordinal);
        File.Delete(file);
        Assert.EndsWith($"are not at {_folder["own.txt"]}. Give them with --data.\n", Called.Refusal("generate", _folder["moved"]), StringComparison.Ordinal);
        Assert.NotEmpty(Called.Run("generate", _folder["moved"], "--data", _folder["hidden.txt"]));
    }

    [Fact]
    public void A_program_learns_a_text_and_goes_on_with_a_prompt()
    {
        WriteText();
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Join(AppContext.BaseDirectory, "OwnText.dll"), _folder["own.txt"], _folder["run"], "The cat s"])
        {
            RedirectStandardOutput = true,
        })!;
        string[] said = process.StandardOutput.ReadToEnd().Split(Environment.NewLine);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        var model = TextModel.Load(RunFolder.Open(_folder["run"]));
        var prompt = model.Encoding.Encode("The cat s");
        Assert.StartsWith("step 100: -", said[0], StringComparison.Ordinal);
        Assert.Equal($"after {prompt.Ids.Count} tokens most probably '{model.Predict(prompt, count: 1).Next[0].Token}'", said[1]);
        Assert.Equal(string.Concat(model.Continue(prompt, temperature: 0.5, RandomKey.FromSeed(1)).Take(20)) + "\n", string.Join('\n', said[2..]));
    }

    private void WriteText() => File.WriteAllText(
        _folder["own.txt"], "Once.\n" + string.Concat(Enumerable.Repeat("The cat sat.\nA dog ran.\nTwo cats sat, and dogs ran.\n", 20)));

    private void Train(string unit = "character")
    {
        WriteText();
        Called.Run(
            "train", "text", "--data", _folder["own.txt"], "--out", _folder["run"], "--threads", "1", "--steps", "10", "--modules", "2", "--set",
            "hidden=8", "--set", "embedding=8", "--tokens", unit, "--set", "window=5", "--set", "split=ordered");
    }

    private void Hide()
    {
        File.Move(_folder["own.txt"], _folder["hidden.txt"]);
        Directory.Move(_folder["run"], _folder["moved"]);
    }
}
