using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments.Tests;

public sealed class SuiteMeasuresTests : IDisposable
{
    private const double Tolerance = 1e-12;

    private static readonly SuiteTask Rules = new(
        "rules", "a few generated numbers", "loss", HigherIsBetter: false, new RulesOptions
        {
            Modules = 4,
            Rules = 3,
            Points = 60,
            Steps = 30,
            BatchSize = 8,
            Network = new() { Hidden = 4 },
            Em = new() { Start = CompositionStarts.Input },
        })
    {
        HasTrueRule = true,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_have_the_measures_of_the_inspections_of_their_runs()
    {
        Reproduce(Rules, "dense", "dense-wide", "em");
        var row = Row("em");
        var inspections = Enumerable.Range(1, 2).Select(seed => JsonNode.Parse(File.ReadAllText(_folder[$"s/rules.em-seed-{seed}/inspection.json"]))!).ToList();
        Assert.Equal(
            inspections.Average(one => one["layers"]!.AsArray().Average(layer => layer!["rules"]!["alignment"]!.GetValue<double>())), Number(row, "alignment"), Tolerance);
        Assert.Equal(inspections.Average(one => one["leakage"]!["nats"]!.GetValue<double>()), Number(row, "leakage"), Tolerance);
        Assert.Equal(2 * 8 / 60.0, Number(row, "eStepVisits"), Tolerance); // 30 steps have 2 E-steps on 8 of 60 datapoints
        double[] Values(string method) => [.. Row(method)["runs"]!["values"]!.AsArray().Select(value => value!.GetValue<double>())];
        var (dense, em, wide) = (Values("dense"), Values("em"), Values("dense-wide"));
        Assert.Equal(
            Enumerable.Range(0, 2).Average(seed => GapClosed.Of(dense[seed], em[seed], wide[seed])!.Value),
            row["gapClosed"]!["mean"]!.GetValue<double>(), Tolerance);
        Assert.Null(Row("dense")["collapseAverage"]);
    }

    [Fact]
    public void Modules_of_the_true_rule_are_aligned_and_one_of_four_is_not_used()
    {
        Reproduce(Rules, "truth");
        var truth = Row("truth");
        Assert.Equal(0, Number(truth, "alignment"), Tolerance);
        Assert.Equal(1, Number(truth, "collapseWorst"), Tolerance);
        Assert.InRange(Number(truth, "collapseAverage"), 1 / 3.0, 0.5);
        Assert.Null(truth["leakage"]);
    }

    [Fact]
    public void Modules_are_not_aligned_with_tasks_that_are_no_rules()
    {
        Reproduce(Rules with { HasTrueRule = false }, "em-frozen", "reinforce");
        Assert.All([Row("em-frozen"), Row("reinforce")], row => Assert.Null(row["alignment"]));
        Assert.All([Row("em-frozen"), Row("reinforce")], row => Assert.NotNull(row["leakage"]));
        Assert.Equal(0, Number(Row("em-frozen"), "eStepVisits"));
        Assert.Null(Row("reinforce")["eStepVisits"]);
    }

    [Fact]
    public void Runs_of_earlier_versions_have_no_inspection_and_stay_as_they_are()
    {
        Reproduce(Rules, "em");
        string before = Row("em").ToJsonString();
        var kept = Enumerable.Range(1, 2).Select(seed => _folder[$"s/rules.em-seed-{seed}/inspection.json"]).ToDictionary(path => path, File.ReadAllText);
        foreach (string path in kept.Keys)
            File.Delete(path);
        Assert.All(Reproduce(Rules, "em"), told => Assert.EndsWith("was finished", told, StringComparison.Ordinal));
        foreach (string name in (string[])["alignment", "leakage", "eStepVisits"])
            Assert.Null(Row("em")[name]);
        Assert.NotNull(Row("em")["collapseWorst"]);
        // As modnet inspect makes them again.
        foreach (var (path, text) in kept)
            File.WriteAllText(path, text);
        Reproduce(Rules, "em");
        Assert.Equal(before, Row("em").ToJsonString());
    }

    [Theory]
    [InlineData("{\"layers\":")]
    [InlineData("{\"step\":30}")]
    [InlineData("{\"layers\":[{\"rules\":1}]}")]
    public void A_damaged_inspection_is_named(string text)
    {
        Reproduce(Rules, "em");
        string path = _folder["s/rules.em-seed-2/inspection.json"];
        File.WriteAllText(path, text);
        var error = Assert.Throws<RunException>(() => Reproduce(Rules, "em"));
        Assert.StartsWith($"{path}: this is not an inspection: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Delete it, and make it anew with 'modnet inspect'.", error.Message, StringComparison.Ordinal);
    }

    private static double Number(JsonNode row, string name) => row[name]!.GetValue<double>();

    private JsonNode Row(string method) => SuiteCase.Row(_folder["s"], method);

    private List<string> Reproduce(SuiteTask task, params string[] methods)
    {
        var chosen = SuiteMethods.All.Where(method => methods.Contains(method.Name)).ToList();
        var plan = SuiteCase.Plan([task], trials: 1, methods: chosen, catalogue: new SuiteCatalogue([task], chosen));
        var events = new List<string>();
        Assert.True(SuiteCase.Reproduce(plan, _folder["s"], events: events));
        return events;
    }
}
