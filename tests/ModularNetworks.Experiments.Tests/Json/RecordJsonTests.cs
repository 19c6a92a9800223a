namespace ModularNetworks.Experiments.Tests;

public sealed class RecordJsonTests
{
    [Fact]
    public void An_inspection_is_written_in_the_order_of_earlier_versions_and_without_what_there_is_not()
    {
        var inspection = new NetworkInspection
        {
            Step = 5,
            Split = "test",
            SelectionEntropy = 0.5,
            BatchSelectionEntropy = 0.75,
            TimePooledBatchSelectionEntropy = 1,
            Information = 0.25,
            Layers = [],
        };
        Assert.Equal(
            """{"step":5,"split":"test","selectionEntropy":0.5,"batchSelectionEntropy":0.75,"timePooledBatchSelectionEntropy":1,"information":0.25"""
            + ""","layers":[]}""",
            RecordJson.Write(inspection));
        var full = inspection with
        {
            Layers = [new InspectedLayer(Metrics, [new LabelInformation("word", 0.5, 1)], [Detail]) { Rules = new RuleAlignment(0.5, 0.25, 0.125) }],
            StoredAgreement = 0.5,
            OracleGap = new OracleGapEstimate(0.125, 10, 512),
            Leakage = new LeakageEstimate(0.0625, 10, 512),
            EStepVisits = 1.5,
            Thumbnails = new Dictionary<int, ImageThumbnail> { [3] = new("cat", "data:") },
        };
        Assert.EndsWith(
            ""","layers":[{"name":"a","modules":1,"selectionEntropy":0,"batchSelectionEntropy":0,"timePooledBatchSelectionEntropy":0,"information":0"""
            + ""","effectiveModules":1,"deadModules":[],"loadRatio":1,"collapseAverage":0.5,"collapseWorst":0.75,"usage":[1]"""
            + ""","labels":[{"kind":"word","mutualInformation":0.5,"normalizedMutualInformation":1}]"""
            + ""","rules":{"alignment":0.5,"inverseMutualInformation":0.25,"adaptation":0.125}"""
            + ""","details":[{"module":0,"usage":1,"classes":[{"label":"cat","share":0.5,"lift":2}],"images":[3]"""
            + ""","contexts":[{"kind":"after","word":"w","share":0.5,"part":0.25,"lift":2,"count":7"""
            + ""","examples":[{"before":"a b","word":"c","after":"d"}]}]}]}]"""
            + ""","storedAgreement":0.5,"oracleGap":{"nats":0.125,"samples":10,"datapoints":512},"leakage":{"nats":0.0625,"samples":10,"datapoints":512},"eStepVisits":1.5"""
            + ""","thumbnails":{"3":{"label":"cat","png":"data:"}}}""",
            RecordJson.Write(full), StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_that_are_not_known_are_left_out()
    {
        var inspection = new NetworkInspection
        {
            Split = "test",
            SelectionEntropy = 0,
            BatchSelectionEntropy = 0,
            TimePooledBatchSelectionEntropy = 0,
            Information = 0,
            Layers = [new InspectedLayer(Metrics with { CollapseAverage = null, CollapseWorst = null }, [], [])],
            Leakage = new LeakageEstimate(0.5, Samples: null, 7),
        };
        string written = RecordJson.Write(inspection);
        Assert.Contains(""","loadRatio":1,"usage":[1],"labels":[],"details":[]}""", written, StringComparison.Ordinal);
        Assert.EndsWith("""],"leakage":{"nats":0.5,"datapoints":7}}""", written, StringComparison.Ordinal);
    }

    private static LayerMetrics Metrics => new()
    {
        Name = "a",
        Modules = 1,
        TimePooledBatchSelectionEntropy = 0,
        EffectiveModules = 1,
        DeadModules = [],
        LoadRatio = 1,
        CollapseAverage = 0.5,
        CollapseWorst = 0.75,
        Usage = [1],
    };

    private static ModuleDetail Detail => new()
    {
        Module = 0,
        Usage = 1,
        Classes = [new ClassShare("cat", 0.5, 2)],
        Images = [3],
        Contexts = [new ContextUse("after", "w", 0.5, 0.25, 2, 7, [new Quotation("a b", "c", "d")])],
    };
}
