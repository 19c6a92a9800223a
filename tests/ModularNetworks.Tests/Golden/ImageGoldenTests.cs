using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>The paper's image classifier with linear controllers, made small, against reference numbers.</summary>
public sealed class ImageGoldenTests
{
    private const int Layers = 5;
    private const int Candidates = 4;

    private static readonly GoldenFile Golden = new("cnn_linear");
    private static readonly int Batch = Golden.Integer("B");
    private static readonly int Picks = Golden.Integer("K");
    private static readonly string[] Names =
        [.. Enumerable.Range(0, Layers).SelectMany(layer => (string[])[$"W{layer}", $"b{layer}", $"Wc{layer}", $"bc{layer}"])];

    public static TheoryData<Precision, double> Precisions =>
        new() { { Precision.Double, 1e-9 }, { Precision.Single, 2e-5 } };

    [Theory]
    [MemberData(nameof(Precisions))]
    public void Log_probabilities_loss_gradients_and_entropies_agree(Precision precision, double tolerance)
    {
        using var bench = new Workbench(precision);
        var network = Create(precision);
        var statistics = new SelectionStatistics();
        bench.Pass.Observer = statistics;
        bench.Pass.BeginGiven(Golden.Compositions("a", Layers, Batch));
        var logLikelihood = network.LogLikelihood(bench.Pass, Data(precision));
        Numbers.AssertClose(Golden.Numbers("expected.loglik"), logLikelihood, tolerance, "log-likelihood");
        Numbers.AssertClose(
            Golden.Numbers("expected.selection_logprob"), bench.Pass.Trace.LogProbability!, tolerance, "selection log-probability");
        var loss = bench.Loss(logLikelihood);
        bench.Tape.Backward(loss);
        Assert.Equal(Golden.Number("expected.loss"), loss.ToScalar(), tolerance * 10);
        foreach (var (name, parameter) in Names.Zip(network.Parameters))
            Numbers.AssertClose(Golden.Numbers($"expected.grads.{name}"), parameter.Gradient, tolerance * 10, name);
        Assert.Equal(Golden.Number("expected.Ha"), statistics.SelectionEntropy, tolerance);
        Assert.Equal(Golden.Number("expected.Hb"), statistics.BatchSelectionEntropy, tolerance);
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void Candidates_of_the_E_step_are_scored_alike_and_the_same_ones_win(Precision precision, double tolerance)
    {
        using var bench = new Workbench(precision);
        bench.Tape.Reset(recording: false);
        bench.Pass.BeginGiven(CandidateCompositions(), Candidates);
        double[] scores = bench.Joint(Create(precision).LogLikelihood(bench.Pass, Data(precision)));
        Numbers.AssertClose(Golden.Numbers("expected.estep_scores"), scores, tolerance * 10, "scores");
        int[] winners =
            [.. Enumerable.Range(0, Batch).Select(n => Enumerable.Range(0, Candidates).MaxBy(i => scores[(i * Batch) + n]))];
        Assert.Equal(Golden.Integers("expected.estep_winner"), winners);
    }

    [Fact]
    public void Samples_share_their_image_and_a_later_layer_sees_the_path_before_it()
    {
        using var bench = new Workbench(Precision.Double);
        var network = Create(Precision.Double);
        bench.Tape.Reset(recording: false);
        bench.Pass.BeginCandidates(Golden.Compositions("a", Layers, Batch), samples: 6, RandomKey.FromSeed(1));
        double[] sampled = bench.Joint(network.LogLikelihood(bench.Pass, Data(Precision.Double)));
        var drawn = IndexTensor.Allocate(new Shape(sampled.Length, network.Layout.Length));
        for (int row = 0; row < sampled.Length; row++)
            bench.Pass.Trace.CopyComposition(row, drawn.Values.Slice(row * network.Layout.Length, network.Layout.Length));

        bench.Tape.Reset(recording: false);
        bench.Pass.BeginGiven(drawn, candidates: 7);
        double[] given = bench.Joint(network.LogLikelihood(bench.Pass, Data(Precision.Double)));
        Numbers.AssertClose(sampled, given, 1e-12, "scores");
    }

    /// <summary>The file has <c>[layers, candidates, batch, K]</c>; a pass wants <c>[candidates * batch, layers * K]</c>.</summary>
    private static IndexTensor CandidateCompositions()
    {
        int[] picks = Golden.Integers("candidates");
        int rows = Candidates * Batch;
        var compositions = IndexTensor.Allocate(new Shape(rows, Layers * Picks));
        for (int i = 0; i < picks.Length; i++)
        {
            var (layer, row, pick) = (i / (rows * Picks), i / Picks % rows, i % Picks);
            compositions.Values[(((row * Layers) + layer) * Picks) + pick] = picks[i];
        }
        return compositions;
    }

    private static ImageNetwork Create(Precision precision)
    {
        int size = Golden.Integer("size"), modules = Golden.Integer("M");
        var network = new ImageNetwork(
            new ImageShape(Golden.Integer("C"), size, size), modules, Picks, Golden.Integer("hidden"), Golden.Integer("classes"),
            (name, image) => new LinearController(name, image.Count, modules, Picks, RandomKey.FromSeed(2)));
        foreach (var (name, parameter) in Names.Zip(network.Parameters))
        {
            parameter.ConvertTo(precision);
            parameter.Value.Set(Golden.Numbers($"params.{name}"));
        }
        return network;
    }

    private static ImageBatch Data(Precision precision)
    {
        double[] images = Golden.Numbers("x");
        return new ImageBatch(
            images.ToTensor(precision, Batch, images.Length / Batch), IndexTensor.From(new Shape(Batch), Golden.Integers("y")));
    }
}
