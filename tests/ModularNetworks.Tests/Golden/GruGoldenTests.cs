using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>The modular gated recurrent unit against reference numbers.</summary>
public sealed class GruGoldenTests
{
    private static readonly GoldenFile Modular = new("gru_em_k1");
    private static readonly GoldenFile Baseline = new("gru_baseline");

    public static TheoryData<Precision, double> Precisions =>
        new() { { Precision.Double, 1e-9 }, { Precision.Single, 1e-5 } };

    [Theory]
    [MemberData(nameof(Precisions))]
    public void States_log_probabilities_loss_and_gradients_agree(Precision precision, double tolerance)
    {
        using var bench = new Workbench(precision);
        var golden = new GruGolden(Modular, hasController: true, precision);
        bench.Pass.BeginGiven(Given(golden));
        var states = golden.Network.States(bench.Pass, golden.Batch);
        Numbers.AssertClose(Modular.Numbers("expected.hs"), states, tolerance, "states");
        var logLikelihood = golden.Network.Output.LogLikelihood(bench.Pass, states, golden.Batch.Targets);
        Numbers.AssertClose(
            Modular.Numbers("expected.loglik_per_sequence"), logLikelihood, tolerance, "log-likelihood");
        Numbers.AssertClose(
            Modular.Numbers("expected.selection_logprob_per_sequence"), bench.Pass.Trace.LogProbability!, tolerance, "selection");
        var loss = bench.Loss(logLikelihood);
        bench.Tape.Backward(loss);
        Numbers.AssertClose([Modular.Number("expected.loss")], loss, tolerance, "loss");
        golden.AssertGradients(tolerance);
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void Entropies_agree(Precision precision, double tolerance)
    {
        using var bench = new Workbench(precision);
        var golden = new GruGolden(Modular, hasController: true, precision);
        var statistics = new SelectionStatistics();
        bench.Pass.Observer = statistics;
        bench.Pass.BeginGiven(Given(golden));
        golden.Network.States(bench.Pass, golden.Batch);
        Assert.Equal(Modular.Number("expected.Ha"), statistics.SelectionEntropy, tolerance);
        Assert.Equal(Modular.Number("expected.Hb_per_step"), statistics.BatchSelectionEntropy, tolerance);
        Assert.Equal(Modular.Number("expected.Hb_pooled"), statistics.TimePooledBatchSelectionEntropy, tolerance);
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void The_most_probable_modules_and_their_perplexity_agree(Precision precision, double tolerance)
    {
        using var bench = new Workbench(precision);
        var golden = new GruGolden(Modular, hasController: true, precision);
        bench.Tape.Reset(recording: false);
        bench.Pass.Begin(new ModeSelection(), golden.BatchSize);
        var logLikelihood = golden.Network.LogLikelihood(bench.Pass, golden.Batch);
        var expected = Modular.Compositions("expected.greedy_a", golden.Sizes.Steps, golden.BatchSize);
        int length = golden.Network.Layout.Length;
        int[] composition = new int[length];
        for (int n = 0; n < golden.BatchSize; n++)
        {
            bench.Pass.Trace.CopyComposition(n, composition);
            Assert.Equal(expected.Values.Slice(n * length, length).ToArray(), composition);
        }
        double[] losses = [.. logLikelihood.ToDoubles().Select(value => -value)];
        Numbers.AssertClose(golden.SumOverSteps("expected.greedy_nll"), losses, tolerance, "losses");
        double perplexity = Math.Exp(losses.Sum() / (golden.Sizes.Steps * golden.BatchSize));
        Numbers.AssertClose([Modular.Number("expected.greedy_perplexity")], [perplexity], tolerance, "perplexity");
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void Candidates_of_the_E_step_are_scored_alike_and_the_same_ones_win(Precision precision, double tolerance)
    {
        using var bench = new Workbench(precision);
        var golden = new GruGolden(Modular, hasController: true, precision);
        int batch = golden.BatchSize;
        double[] expected = Modular.Numbers("expected.estep_scores");
        int candidates = expected.Length / batch;
        var scores = new double[candidates][];
        for (int i = 0; i < candidates; i++)
        {
            bench.Tape.Reset(recording: false);
            var composition = Modular.Compositions("candidates", golden.Sizes.Steps, batch, i);
            bench.Pass.BeginCandidates(composition, samples: 2, RandomKey.FromSeed(1));
            scores[i] = bench.Joint(golden.Network.LogLikelihood(bench.Pass, golden.Batch))[..batch];
            Numbers.AssertClose(expected[(i * batch)..((i + 1) * batch)], scores[i], tolerance, $"candidate {i}");
        }
        int[] winners =
            [.. Enumerable.Range(0, batch).Select(n => Enumerable.Range(0, candidates).MaxBy(i => scores[i][n]))];
        Assert.Equal(Modular.Integers("expected.estep_winner"), winners);
    }

    [Theory]
    [InlineData(Precision.Double, 1e-9)]
    [InlineData(Precision.Single, 2e-4)] // Adam divides by gradients' sizes, which enlarges the error of small ones.
    public void Three_M_steps_with_Adam_agree(Precision precision, double tolerance)
    {
        using var bench = new Workbench(precision);
        var golden = new GruGolden(Modular, hasController: true, precision);
        var network = golden.Network;
        var compositions = new CompositionStore(network.Layout, golden.BatchSize, RandomKey.FromSeed(1));
        var given = Given(golden);
        for (int i = 0; i < given.Values.Length; i++)
            compositions[i / network.Layout.Length, i % network.Layout.Length] = given.Values[i];
        var adam = new Adam(network.Parameters, bench.Kernels, Modular.Number("expected.adam.lr"));
        var step = new MStep<SequenceBatch>(network, new StoredCompositions<SequenceBatch>(compositions), bench.Tape, adam);
        int[] datapoints = [.. Enumerable.Range(0, golden.BatchSize)];
        foreach (double loss in Modular.Numbers("expected.adam.losses"))
        {
            var result = step.Run(datapoints, golden.Batch, RandomKey.FromSeed(0));
            Numbers.AssertClose([loss], [-result.LogLikelihood - result.SelectionLogProbability], tolerance, "loss");
        }
        var expected = golden.Parameters("expected.adam.params");
        foreach (var parameter in network.Parameters)
            Numbers.AssertClose(expected[parameter.Name], parameter.Value, tolerance, parameter.Name);
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void The_non_modular_baseline_agrees(Precision precision, double tolerance)
    {
        using var bench = new Workbench(precision);
        var golden = new GruGolden(Baseline, hasController: false, precision);
        bench.Pass.Begin(new FixedSelection(), golden.BatchSize);
        var states = golden.Network.States(bench.Pass, golden.Batch);
        Numbers.AssertClose(Baseline.Numbers("expected.hs"), states, tolerance, "states");
        var logLikelihood = golden.Network.Output.LogLikelihood(bench.Pass, states, golden.Batch.Targets);
        Assert.Null(bench.Pass.Trace.LogProbability);
        double[] losses = [.. logLikelihood.ToDoubles().Select(value => -value)];
        Numbers.AssertClose(golden.SumOverSteps("expected.nll"), losses, tolerance, "losses");
        var loss = bench.Loss(logLikelihood);
        bench.Tape.Backward(loss);
        Numbers.AssertClose([Baseline.Number("expected.loss")], loss, tolerance, "loss");
        golden.AssertGradients(tolerance);
    }

    private static IndexTensor Given(GruGolden golden) => Modular.Compositions("a", golden.Sizes.Steps, golden.BatchSize);
}
