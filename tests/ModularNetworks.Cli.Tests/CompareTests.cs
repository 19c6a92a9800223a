using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Tests;

public sealed class CompareTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CompareTests() => File.WriteAllText(_folder["t.csv"], Rows());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Help_and_refusals()
    {
        var transcript = new Transcript();
        transcript.Replace(_folder.Path, "/somewhere");
        Directory.CreateDirectory(_folder["full"]);
        File.WriteAllText(_folder["full/note"], "");
        File.WriteAllText(_folder["book.txt"], "to be or not to be\n");
        Directory.CreateDirectory(_folder["pictures"]);
        File.WriteAllText(_folder["pictures/1.png"], "");
        transcript.Run("compare", "--help");
        transcript.Run("compare");
        transcript.Run("compare", "--data", _folder["none.csv"]);
        transcript.Run(Compare("--kind", "sound"));
        transcript.Run(Compare("--kind", "text"));
        transcript.Run("compare", "--data", _folder["book.txt"], "--tokens", "syllable");
        transcript.Run("compare", "--data", _folder["t.csv"]);
        transcript.Run("compare", "--data", _folder["pictures"]);
        transcript.Run("compare", "--data", _folder["pictures/1.png"]);
        transcript.Run(Compare("--budget", "0"));
        transcript.Run(Compare("--modules", "1"));
        transcript.Run(Compare("--threads", "0"));
        transcript.Run(Compare("--out", ""));
        transcript.Run(Compare("--out", _folder["full"]));
        transcript.Run(Compare("--set", "method=fixed"));
        transcript.Run(Compare("--set", "target=z"));
        transcript.Run(Compare("--set", "hiden=3"));
        transcript.Check("compare");
        Assert.False(Directory.Exists(_folder["c"]));
    }

    [Fact]
    public void A_comparison_ends_with_a_table_a_sentence_and_a_page_and_again_with_the_same()
    {
        string[] command = Compare("--steps", "2", "--budget", "600", "--set", "hidden=3", "--set", "batchSize=8", "--modules", "2");
        string first = Run(command);
        Assert.Contains("data: a table (--target is given); --kind reads it otherwise\n", first, StringComparison.Ordinal);
        Assert.Contains("\nplan: 8 rows, each of 6 trials and 10 seeds of 2 steps; r2, higher is better\n", first, StringComparison.Ordinal);
        var report = JsonNode.Parse(File.ReadAllText(_folder["c/compare.json"]))!;
        Assert.Contains($"\n{report["answer"]!["sentence"]!.GetValue<string>()}\n", first, StringComparison.Ordinal);
        Assert.Equal(Tables(first), Tables(Run(command)));
        Assert.Contains($": 1 comparison, ", Run("report", _folder["c"], "-o", _folder["page.html"]), StringComparison.Ordinal);
        Assert.Contains("\"comparisons\":[{\"name\":", File.ReadAllText(_folder["page.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_whole_seed_there_is_no_table_and_one_number_of_minutes()
    {
        var question = new ComparisonQuestion(new TableOptions { Data = _folder["t.csv"], Target = "y" }, BudgetMinutes: 600);
        ModuleComparison.Open(_folder["c"], question, stop: TestContext.Current.CancellationToken);
        File.WriteAllText(_folder["c/time.json"], """{"seconds":36000}""");
        using StringWriter output = new() { NewLine = "\n" }, error = new();
        Assert.Equal(ExitCode.Failure, Transcript.Run(Compare("--budget", "600"), new DataLocation(null, "/no-cache"), output, error));
        Assert.DoesNotContain("|", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "\nThe budget was too short to tell whether modules pay here: no seed came to its end; the same command with --budget 1200 goes on with what is missing.\n",
            output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("more seeds follow", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("minutes", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_with_fewer_steps_than_usual_tells_why_time_is_left()
    {
        var question = new ComparisonQuestion(new TableOptions { Data = _folder["t.csv"], Target = "y" }, BudgetMinutes: 600);
        ModuleComparison.Open(_folder["c"], question, stop: TestContext.Current.CancellationToken);
        var planned = JsonNode.Parse(File.ReadAllText(_folder["c/plan.json"]))!;
        (planned["steps"], planned["trials"], planned["seeds"], planned["seedsAreSettled"]) = (2, 1, 1, true);
        File.WriteAllText(_folder["c/plan.json"], planned.ToJsonString());
        string output = Run(Compare("--budget", "600"));
        Assert.Contains("\nplan: 8 rows, each of 1 trial and 1 seed of 2 steps of the usual 3000; ", output, StringComparison.Ordinal);
        Assert.Contains("\nthe rest of the time is not used: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TrainingMethods.Em)]
    [InlineData(TrainingMethods.Fixed)]
    [InlineData(TrainingMethods.TopK)]
    public void The_command_of_a_row_trains_its_run(string method)
    {
        var options = new TableOptions { Data = _folder["t.csv"], Target = "y", Modules = 3, Steps = 2, Seed = 4, BatchSize = 8 }.WithMethod(method) with
        {
            Modules = method == TrainingMethods.Fixed ? 1 : 3,
            Optimizer = new() { LearningRate = 0.009, LearningRateCooldown = 0.4 },
            TopK = new() { MixedModules = 2, LoadLoss = 0.1 },
            Threads = 1,
        };
        Run([.. TrainCommand.Words(TableExperiment.Kind, options), "--out", _folder["run"]]);
        string[] differences =
        [
            .. OptionsJson.Differences(options, RunFolder.Open(_folder["run"]).ReadOptions(BuiltInExperiments.Catalogue)).Select(difference => difference.Name),
        ];
        // Settings of topk are of no use to other methods, which refuse them.
        Assert.Empty(differences.Except(["threads", .. method == TrainingMethods.TopK ? [] : (string[])["mixedModules", "loadLoss"]]));
    }

    [Fact]
    public void The_command_of_a_text_or_of_images_names_what_has_a_flag_by_it()
    {
        var text = new PlainTextOptions { Data = "my book.txt", Unit = TextUnit.Word, Modules = 4 };
        Assert.StartsWith(
            "train text --data my book.txt --tokens word --method em --modules 4 ",
            string.Join(' ', TrainCommand.Words(LanguageModelExperiments.PlainText, text)), StringComparison.Ordinal);
        var kind = BuiltInExperiments.Catalogue.Kinds.First(one => one.Name == ImageFolderOptions.Name);
        var images = ImageClassifierPresets.WithController(
            (ImageFolderOptions)kind.Presets.Get(kind.Presets.Default) with { Data = "pictures" }, ImageController.Conv) with
        { ValidImages = 9 };
        string words = string.Join(' ', TrainCommand.Words(kind, images));
        Assert.StartsWith("train images --data pictures --controller conv --method em ", words, StringComparison.Ordinal);
        Assert.EndsWith(" --set validImages=9", words, StringComparison.Ordinal);
    }

    private static string Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new();
        int code = Transcript.Run(arguments, new DataLocation(null, "/no-cache"), output, error);
        Assert.Equal((0, ""), (code, error.ToString()));
        return output.ToString();
    }

    private static string[] Tables(string output) => [.. output.Split('\n').Where(line => line.StartsWith('|'))];

    /// <summary>A small table with a column of numbers, one of categories and a target <c>y</c>.</summary>
    internal static string Rows()
    {
        var text = new StringBuilder("x,g,y\n");
        for (int row = 0; row < 60; row++)
            text.Append(CultureInfo.InvariantCulture, $"{row * 7 % 13 / 6.0:F3},{"abc"[row % 3]},{row * 5 % 11 / 5.0:F3}\n");
        return text.ToString();
    }

    private string[] Compare(params string[] more) =>
        ["compare", "--data", _folder["t.csv"], "--target", "y", .. more.Contains("--out") ? [] : (string[])["--out", _folder["c"]], .. more];
}
