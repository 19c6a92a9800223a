using System.Text.Json.Nodes;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class InspectionTests
{
    [Theory]
    [InlineData("toy em", true)]
    [InlineData("toy topk", false)]
    [InlineData("ptb em", true)]
    [InlineData("ptb topk", false)]
    [InlineData("optdigits em", true)]
    [InlineData("optdigits reinforce", false)]
    public void A_finished_run_is_inspected_and_so_again_with_the_same_result(string name, bool isEm)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options(name, folder);
        RunCase.Summarize(options, folder["run"]);
        string written = File.ReadAllText(folder["run/inspection.json"]);
        var inspection = JsonNode.Parse(written)!.AsObject();

        Assert.Equal(RunCase.Steps, inspection["step"]!.GetValue<int>());
        Assert.Equal(isEm, inspection.ContainsKey("storedAgreement"));
        Assert.Equal(!name.EndsWith("topk", StringComparison.Ordinal), inspection.ContainsKey("oracleGap"));
        Assert.Equal(!name.EndsWith("topk", StringComparison.Ordinal), inspection.ContainsKey("leakage"));
        Assert.Equal(isEm, inspection.ContainsKey("eStepVisits"));
        foreach (var layer in inspection["layers"]!.AsArray())
        {
            Assert.Equal(1, layer!["usage"]!.AsArray().Sum(share => share!.GetValue<double>()), 1e-9);
            Assert.InRange(layer["collapseAverage"]!.GetValue<double>(), 0, layer["collapseWorst"]!.GetValue<double>() + 1e-9);
            Assert.Equal(name.StartsWith("toy", StringComparison.Ordinal), layer["rules"] is not null);
            Assert.Equal(layer["modules"]!.GetValue<int>(), layer["details"]!.AsArray().Count);
            Assert.All(layer["labels"]!.AsArray(), label => Assert.InRange(label!["normalizedMutualInformation"]!.GetValue<double>(), 0, 1));
        }

        using var workers = new WorkerPool(1);
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        var run = RunFolder.Open(folder["run"]);
        run.Checkpoint.Read(experiment.Parameters, experiment.Trainer);
        run.WriteInspection(new Disk(), RunInspection.Make(experiment)!);
        Assert.Equal(written, File.ReadAllText(folder["run/inspection.json"]));
    }

    [Fact]
    public void A_baseline_has_no_inspection()
    {
        using var folder = new TemporaryFolder();
        RunCase.Summarize(RunCase.Options("ptb fixed", folder), folder["run"]);
        Assert.False(File.Exists(folder["run/inspection.json"]));
    }

    [Fact]
    public void Images_have_pictures_of_what_is_typical()
    {
        using var folder = new TemporaryFolder();
        RunCase.Summarize(RunCase.Options("optdigits em", folder), folder["run"]);
        var inspection = JsonNode.Parse(File.ReadAllText(folder["run/inspection.json"]))!;
        var shown = inspection["layers"]!.AsArray().SelectMany(layer => layer!["details"]!.AsArray())
            .SelectMany(module => module!["images"]!.AsArray()).Select(image => $"{image}").ToHashSet();
        Assert.NotEmpty(shown);
        Assert.Equal(shown, inspection["thumbnails"]!.AsObject().Select(picture => picture.Key).ToHashSet());
    }

    [Fact]
    public void The_most_telling_contexts_of_a_module_come_first()
    {
        // Module 0 reads word 0 always and word 1 half the time; both are as frequent. It never reads word 2.
        var words = new ModuleLabelCounts(4, 2);
        for (int i = 0; i < 100; i++)
        {
            words.Add(0, 0);
            words.Add(1, i % 2);
            words.Add(2, 1);
            words.Add(2, 1);
        }
        words.Add(3, 0); // Too seldom to tell.
        var contexts = new ModuleContexts(words, new ModuleLabelCounts(4, 2));
        var found = contexts.Of(0).ToArray();
        Assert.Equal([0], found.Select(context => context.Word).Where(word => word != 1));
        Assert.Equal((1.0, 100, false), (found[0].Share, found[0].Count, found[0].IsAfter));
        Assert.Equal(100 / 151.0, found[0].Part, 1e-12);
        Assert.Equal([2], contexts.Of(1).Select(context => context.Word));
    }

    [Theory]
    [InlineData("<eos>", "end of sentence")]
    [InlineData("<unk>", "unknown word")]
    [InlineData("N", "number")]
    [InlineData("1990s", "number")]
    [InlineData("$", "symbol")]
    [InlineData("The", "function word")]
    [InlineData("market", "other word")]
    public void Words_have_types(string word, string type) => Assert.Equal(type, TokenTypes.Words.Names[TokenTypes.Words.Of(word)]);

    [Theory]
    [InlineData("\n", "line end")]
    [InlineData("<unk>", "unknown character")]
    [InlineData(" ", "white space")]
    [InlineData("\r", "white space")]
    [InlineData("7", "digit")]
    [InlineData("'", "symbol")]
    [InlineData("\u0301", "symbol")]
    [InlineData("Q", "capital letter")]
    [InlineData("E", "capital letter")]
    [InlineData("e", "vowel")]
    [InlineData("q", "other letter")]
    [InlineData("\u4E16", "other letter")]
    [InlineData("\U0001F600", "symbol")]
    public void Characters_have_types(string character, string type) =>
        Assert.Equal(type, TokenTypes.Characters.Names[TokenTypes.Characters.Of(character)]);

    [Fact]
    public void Samples_lie_at_even_distances()
    {
        Assert.Equal([0, 1, 2], InspectionSamples.Spread(3, 10));
        Assert.Equal([0, 3, 6], InspectionSamples.Spread(10, 3));
        Assert.Empty(InspectionSamples.Spread(0, 3));
    }
}
