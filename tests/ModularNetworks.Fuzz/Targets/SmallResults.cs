using ModularNetworks.Benchmarks;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>Results of a language model and of an image classifier, as run folders hold them.</summary>
internal static class SmallResults
{
    private const string Text = """
        {"experiment":"ptb","method":"em","modules":3,"parallel":1,"seed":1,"steps":40,"train":{"logLikelihood":-4.5},
        "valid":{"perplexity":120.5},"test":{"perplexity":118.25,"streamPerplexity":117},"selectionEntropy":0.2,"batchSelectionEntropy":1.1,
        "usage":[0.5,0.25,0.25],"best":{"step":20,"valid":119.5,"test":118},"wallSeconds":1,"stepMilliseconds":{"m":1,"e":1},
        "peakResidentBytes":1,"version":"1.2.3","simd":"Vector256","threads":2}
        """;

    private const string Images = """
        {"experiment":"optdigits","method":"em","modules":2,"parallel":1,"seed":1,"steps":40,"train":{"logLikelihood":-0.5,"accuracy":0.9},
        "test":{"accuracy":0.8,"logLikelihood":-0.6},"selectionEntropy":0.1,"batchSelectionEntropy":0.6,"usage":[[0.5,0.5],[1,0]],"wallSeconds":1,
        "stepMilliseconds":{"m":1,"e":0},"peakResidentBytes":1,"version":"1.2.3","simd":"Vector256","threads":2}
        """;

    private const string Lines = """
        {"step":20,"train":{"logLikelihood":-0.7,"accuracy":0.8,"storedAccuracy":0.85},"test":{"accuracy":0.75},"selectionEntropy":0.1,"batchSelectionEntropy":0.6,"usage":[[0.5,0.5],[1,0]],"layers":[{"name":"convolution1","modules":2,"effectiveModules":1.0,"deadModules":[1],"usage":[1,0]}],"warnings":["layer"],"seconds":1}
        {"step":40,"train":{"logLikelihood":-0.5,"accuracy":0.9,"storedAccuracy":0.95},"test":{"accuracy":0.8},"layers":[{"name":"convolution1","modules":2,"effectiveModules":2,"deadModules":[]}],"seconds":1}

        """;

    private const string Inspection = """
        {"step":40,"split":"test","selectionEntropy":0.2,"storedAgreement":0.9,"oracleGap":0.1,"layers":[{"name":"gru","modules":2,"labels":{"class":0.1},
        "details":[{"usage":0.5,"classes":[{"name":"a","share":0.5}],"images":[0,1]},{"usage":0.5,"contexts":[],"examples":["the cat"]}]}],
        "thumbnails":["iVBORw0KGgo=","iVBORw0KGgo="]}
        """;

    private static readonly Spread Time = new(1.5, 1, 2);

    /// <summary>A report of <c>modnet bench --json</c>.</summary>
    public static string Bench { get; } = new BenchReport(
        new DateOnly(2026, 1, 2), new Machine("P", 2, "S", "R"), Threads: 2, Rounds: 7, "own", "peer",
        [new PeakReport(1, Time, Time, Time)],
        [
            new CaseReport(BenchTopic.Toy, "a", Time, Time, Time, Time, Time, null, null),
            new CaseReport(BenchTopic.Lm, "b", Time, null, null, null, null, "a", Time),
        ],
        1000, 2000, 0.1).ToJson();

    /// <summary>Sound files of a name, beside those of a toy problem.</summary>
    public static IEnumerable<string> Of(string file) => file switch
    {
        RunFiles.Summary => [Text, Images],
        RunFiles.Metrics => [Lines],
        RunFiles.Inspection => [Inspection],
        _ => [],
    };
}
