using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>The toy problem's network with three modules of which two are summed, against reference numbers.</summary>
public sealed class ToyGoldenTests
{
    private const int Batch = 6;
    private const int Candidates = 5;
    private const double LogNormalisation = -1.8378770664093454836; // -log(2 pi), which the reference leaves out

    private static readonly GoldenFile Golden = new("toy");
    private static readonly string[] Names = ["W", "b", "Wc", "bc"];

    public static TheoryData<Precision, double> Precisions =>
        new() { { Precision.Double, 1e-9 }, { Precision.Single, 1e-5 } };

    [Theory]
    [MemberData(nameof(Precisions))]
    public void Log_probabilities_loss_gradients_and_entropies_agree(Precision precision, double tolerance)
    {
        using var bench = new Workbench(precision);
        var network = Create(precision);
        var statistics = new SelectionStatistics();
        bench.Pass.Observer = statistics;
        bench.Pass.BeginGiven(Golden.Compositions("a", steps: 1, Batch));
        var logLikelihood = network.LogLikelihood(bench.Pass, Data(precision));
        Numbers.AssertClose(WithConstant("expected.loglik"), logLikelihood, tolerance, "log-likelihood");
        Numbers.AssertClose(
            Golden.Numbers("expected.selection_logprob"), bench.Pass.Trace.LogProbability!, tolerance, "selection log-probability");
        var loss = bench.Loss(logLikelihood);
        bench.Tape.Backward(loss);
        Assert.Equal(Golden.Number("expected.loss") - LogNormalisation, loss.ToScalar(), tolerance * 10);
        foreach (var (name, parameter) in Names.Zip(network.Parameters))
            Numbers.AssertClose(Golden.Numbers($"expected.grads.{name}"), parameter.Gradient, tolerance, name);
        Assert.Equal(Golden.Number("expected.Ha"), statistics.SelectionEntropy, tolerance);
        Assert.Equal(Golden.Number("expected.Hb"), statistics.BatchSelectionEntropy, tolerance);
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void Candidates_of_the_E_step_are_scored_alike_and_the_same_ones_win(Precision precision, double tolerance)
    {
        using var bench = new Workbench(precision);
        var network = Create(precision);
        double[] expected = WithConstant("expected.estep_scores");
        var scores = new double[Candidates][];
        for (int i = 0; i < Candidates; i++)
        {
            bench.Tape.Reset(recording: false);
            bench.Pass.BeginCandidates(Golden.Compositions("candidates", 1, Batch, i), samples: 2, RandomKey.FromSeed(1));
            var logLikelihood = network.LogLikelihood(bench.Pass, Data(precision));
            scores[i] = bench.Joint(logLikelihood)[..Batch];
            Numbers.AssertClose(expected[(i * Batch)..((i + 1) * Batch)], scores[i], tolerance, $"candidate {i}");
        }
        int[] winners =
            [.. Enumerable.Range(0, Batch).Select(n => Enumerable.Range(0, Candidates).MaxBy(i => scores[i][n]))];
        Assert.Equal(Golden.Integers("expected.estep_winner"), winners);
    }

    private static double[] WithConstant(string path) => [.. Golden.Numbers(path).Select(value => value + LogNormalisation)];

    private static VectorNetwork Create(Precision precision)
    {
        var network = VectorNetwork.Create(layers: 1, Golden.Integer("M"), Golden.Integer("K"));
        foreach (var (name, parameter) in Names.Zip(network.Parameters))
        {
            parameter.ConvertTo(precision);
            parameter.Value.Set(Golden.Numbers($"params.{name}"));
        }
        return network;
    }

    private static VectorBatch Data(Precision precision) => new(
        Golden.Numbers("x").ToTensor(precision, Batch, 2), Golden.Numbers("y").ToTensor(precision, Batch, 2));
}
