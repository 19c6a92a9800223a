using ModularNetworks.Experiments;
using static ModularNetworks.Browser.Tests.Controllers;

namespace ModularNetworks.Browser.Tests;

/// <summary>Runs of the language model, with 15 modules.</summary>
internal static class LanguageModelRun
{
    private const int Modules = 15;
    private const int Measurements = 6;
    private const int StepsBetween = 1000;

    private static readonly string[] Words = ["the", "company", "said", "it", "expects", "N", "telecommunications-equipment", "<eos>"];
    private static readonly string[] Types = ["end of sentence", "unknown word", "number", "frequent word", "rare word"];

    /// <summary>Writes a run that has finished, with words that could be taken for HTML.</summary>
    public static void Write(string path)
    {
        var run = new RunWriter(path, new PennTreebankOptions { Modules = Modules });
        run.Metrics(Each(Measurements, i => Line(i, withLayers: true)));
        run.Snapshots(Each(Measurements + 1, i => Snapshot(i * StepsBetween, (double)i / Measurements)));
        var layer = Measures("gru", Modules, 0.8);
        run.Inspection(new
        {
            step = Measurements * StepsBetween,
            split = "test",
            selectionEntropy = layer.SelectionEntropy,
            batchSelectionEntropy = layer.BatchSelectionEntropy,
            information = layer.Information,
            storedAgreement = (double?)null,
            oracleGap = new { nats = 1.12, samples = 10, datapoints = 512 },
            layers = new[] { Inspected(layer) },
        });
        run.Summary(new { steps = Measurements * StepsBetween, test = new { perplexity = 230.5 }, best = new { step = 5000, valid = 240.5, test = 229.5 } });
    }

    /// <summary>Writes a run of an earlier version: without layers, snapshots and inspection.</summary>
    public static void WriteOld(string path)
    {
        var run = new RunWriter(path, new PennTreebankOptions { Modules = Modules, Seed = 2 });
        run.Metrics(Each(Measurements, i => Line(i, withLayers: false)));
    }

    /// <summary>Writes a run of the baseline, which selects nothing.</summary>
    public static void WriteBaseline(string path)
    {
        var run = new RunWriter(path, new PennTreebankOptions { Method = TrainingMethods.Fixed, Modules = 1 });
        run.Metrics(Each(Measurements, i => new
        {
            step = (i + 1) * StepsBetween,
            train = new { logLikelihood = -6.0 + (0.1 * i) },
            valid = new { perplexity = 400.0 - (10 * i) },
            seconds = 1.5 * i,
        }));
    }

    private static object Line(int i, bool withLayers)
    {
        int step = (i + 1) * StepsBetween;
        var train = new { logLikelihood = -6.0 + (0.2 * i), selectionLogProbability = -2.0 };
        var eStep = new { jointLogProbability = -7.0, changedShare = 0.9 };
        var valid = new { perplexity = 500.0 / (i + 1) };
        var test = new { perplexity = 480.0 / (i + 1) };
        var layer = Measures("gru", Modules, 0.1 * i);
        var (selectionEntropy, batchSelectionEntropy, usage) = (layer.SelectionEntropy, layer.BatchSelectionEntropy, layer.Usage);
        return withLayers
            ? new { step, train, eStep, valid, test, selectionEntropy, batchSelectionEntropy, usage, layers = new[] { layer }, seconds = 1.5 * i }
            : new { step, train, eStep, valid, test, selectionEntropy, batchSelectionEntropy, usage, seconds = 1.5 * i };
    }

    private static object Snapshot(int step, double sure)
    {
        var layers = new[] { Layer("gru", Modules, 1, 35, sure) };
        object[] flows = Each(Types.Length, type => Flow(
            Types[type], 30 - type, 3, 1, (point, column, _) => (point % 10 >= 10 * sure ? (11 * point) + column : type + (2 * column) + (point % 3)) % Modules));
        return step > 0
            ? new { step, layers, flows }
            : new { step, layers, flows, rows = Each(35, row => Words[row % Words.Length]), columns = new[] { "this word", "next word", "after next" } };
    }

    private static object Inspected(LayerMeasures layer) => new
    {
        name = layer.Name,
        modules = layer.Modules,
        selectionEntropy = layer.SelectionEntropy,
        batchSelectionEntropy = layer.BatchSelectionEntropy,
        information = layer.Information,
        effectiveModules = layer.EffectiveModules,
        deadModules = layer.DeadModules,
        loadRatio = layer.LoadRatio,
        usage = layer.Usage,
        labels = new[] { new { kind = "word", mutualInformation = 1.1, normalizedMutualInformation = 0.28 } },
        details = Each(Modules, module => new
        {
            module,
            usage = layer.Usage[module],
            contexts = new[] { Context("word", Words[module % Words.Length]), Context("after", "the") },
        }),
    };

    private static object Context(string kind, string word) => new
    {
        kind,
        word,
        share = 0.98,
        part = 0.3,
        lift = 9.1,
        count = 2000,
        examples = Each(4, i => new { before = "<b>up</b> from", word = kind == "word" ? word : "third", after = $"quarter {i}" }),
    };
}
