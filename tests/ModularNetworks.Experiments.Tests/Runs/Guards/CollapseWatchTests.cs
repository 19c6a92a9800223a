namespace ModularNetworks.Experiments.Tests;

public sealed class CollapseWatchTests
{
    [Fact]
    public void A_layer_that_stays_collapsed_is_warned_of_once()
    {
        var watch = new CollapseWatch();
        var told = Enumerable.Range(0, 6).Select(_ => watch.Look(Line(("a", 1.02, 3), ("b", 3.9, 0)))).ToArray();
        Assert.Equal([0, 0, 1, 0, 0, 0], told.Select(warnings => warnings.Count));
        Assert.StartsWith("layer a has collapsed: as many of its 4 modules are in use as 1.02 equally used ones", told[2][0], StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_recovers_is_not()
    {
        var watch = new CollapseWatch();
        foreach (double effective in (double[])[1.0, 1.0, 2.5, 1.0, 1.0, 3.0])
            Assert.Empty(watch.Look(Line(("a", effective, 0))));
    }

    [Fact]
    public void Dead_modules_are_warned_of_layer_by_layer_and_lines_without_a_measurement_do_not_count()
    {
        var watch = new CollapseWatch();
        Assert.Empty(watch.Look(Line(("a", 2, 1), ("b", 2, 0))));
        Assert.Empty(watch.Look([]));
        Assert.Empty(watch.Look(Line(("a", 2, 1), ("b", 2, 2))));
        var third = Assert.Single(watch.Look(Line(("a", 2, 1), ("b", 2, 2))));
        Assert.StartsWith("layer a has 1 of 4 modules that are never the most probable ones", third, StringComparison.Ordinal);
        Assert.StartsWith("layer b has 2 of 4", Assert.Single(watch.Look(Line(("a", 2, 1), ("b", 2, 2)))), StringComparison.Ordinal);
        Assert.Empty(watch.Look(Line(("a", 2, 1), ("b", 2, 2))));
    }

    [Theory]
    [InlineData("5", "its entry layers is of another kind than it must be")]
    [InlineData("[null]", "its entry layers has an item that is null")]
    [InlineData("[{}]", "it has no entry name")]
    [InlineData("[{\"name\":\"a\",\"modules\":2,\"effectiveModules\":null}]", "it has no entry effectiveModules")]
    [InlineData("[{\"name\":\"a\",\"effectiveModules\":1,\"modules\":2,\"deadModules\":0}]", "its entry layers[0].deadModules is of another kind")]
    [InlineData("[{\"name\":7,\"effectiveModules\":1,\"modules\":2,\"deadModules\":[]}]", "its entry layers[0].name is of another kind")]
    public void A_damaged_line_that_was_written_before_is_told_with_its_file_and_step(string layers, string problem)
    {
        var line = StrictJson.Parse($$"""{"step":4,"selectionEntropy":0,"batchSelectionEntropy":0,"usage":[1],"layers":{{layers}}}""");
        var error = Assert.Throws<RunException>(() => new CollapseWatch().Recall("metrics.jsonl", [line]));
        Assert.StartsWith("metrics.jsonl: the line of step 4 is damaged: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static LayerMetrics[] Line(params (string Name, double Effective, int Dead)[] layers) => [.. layers.Select(layer => new LayerMetrics
    {
        Name = layer.Name,
        Modules = 4,
        EffectiveModules = layer.Effective,
        DeadModules = [.. Enumerable.Range(0, layer.Dead)],
    })];
}
