using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>E-steps by key against trying all selections of one key at a time.</summary>
public sealed class KeyedEStepTests
{
    private const int Batch = 6;

    private static readonly int[] Datapoints = [0, 1, 2, 3, 4, 5];
    private static readonly SequenceSizes Sequences = new(Items: 4, Embedding: 2, Hidden: 3, Modules: 2, Picks: 2, Steps: 3, HasTable: true);

    // Layers, modules, picks.
    public static TheoryData<int, int, int> Networks => new() { { 1, 3, 1 }, { 1, 3, 2 }, { 2, 3, 1 } };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Each_key_gets_the_composition_that_is_best_for_all_its_datapoints(int layers, int modules, int picks)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            using var bench = new Workbench(Precision.Double);
            var (network, data, compositions, step) = Vectors(bench, layers, modules, picks, seed);
            double[][] joint = Enumeration.Scores(bench, network, data, Batch).Joint;
            int[] keys = network.KeysOf(bench.Tape, data, Batch).Values.ToArray();
            int[] before = [compositions[0], compositions[1]];
            var result = step.Run(Datapoints, data, default);
            int[] best = [.. before.Select((stored, key) => !keys.Contains(key) ? stored : Enumerable.Range(0, joint.Length)
                .MaxBy(a => Datapoints.Where(n => keys[n] == key).Sum(n => joint[a][n])))];
            Assert.Equal(best, new[] { compositions[0], compositions[1] });
            Assert.Equal(Datapoints.Average(n => joint[best[keys[n]]][n]), result.JointLogProbability, 1e-10);
            Assert.Equal(Enumerable.Range(0, 2).Count(key => best[key] != before[key]), result.ChangedShare * keys.Distinct().Count(), 1e-12);
            Assert.True(result.JointLogProbability >= Datapoints.Average(n => joint[before[keys[n]]][n]) - 1e-12);
        }
    }

    [Fact]
    public void Each_key_of_a_recurrent_network_gets_the_selection_with_the_best_single_steps()
    {
        int changed = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            using var bench = new Workbench(Precision.Double);
            var data = SequenceNetwork.Batch(RandomKey.FromSeed(seed), Sequences, Batch, Precision.Double);
            var network = Recurrent(Sequences, seed);
            var compositions = new KeyedCompositions<SequenceBatch>(network, new(), null, RandomKey.FromSeed(seed));
            int[] before = [.. Enumerable.Range(0, Sequences.Items).Select(key => compositions[key])];
            double[,] expected = StepScores(bench, data, before, sizes => Recurrent(sizes, seed));
            int[] seen = [.. data.Inputs.Values.ToArray().Distinct()];
            int[] best = [.. before.Select((stored, key) => !seen.Contains(key) ? stored : Enumerable.Range(0, expected.GetLength(1))
                .MaxBy(selection => expected[key, selection]))];
            var result = new KeyedEStep<SequenceBatch>(network, compositions, bench.Tape).Run(Datapoints, data, default);
            Assert.Equal(best, Enumerable.Range(0, Sequences.Items).Select(key => compositions[key]));
            Assert.Equal(seen.Sum(key => expected[key, best[key]]) / Batch, result.JointLogProbability, 1e-9);
            changed += best.Zip(before).Count(pair => pair.First != pair.Second);
        }
        Assert.True(changed > 30, $"Only {changed} selections changed.");
    }

    [Fact]
    public void Scores_of_earlier_mini_batches_are_forgotten_by_the_factor()
    {
        using var bench = new Workbench(Precision.Double);
        var (network, first, _, _) = Vectors(bench, layers: 1, modules: 3, picks: 1, seed: 1);
        var second = VectorNetwork.Batch(RandomKey.FromSeed(77), Batch, size: 2, Precision.Double);
        var compositions = new KeyedCompositions<VectorBatch>(network, new() { Forgetting = 0.25 }, null, RandomKey.FromSeed(1));
        var step = new KeyedEStep<VectorBatch>(network, compositions, bench.Tape);
        double[,] expected = new double[2, 3];
        foreach (var (batch, weight) in new[] { (first, 0.25), (second, 1.0) })
        {
            step.Run(Datapoints, batch, default);
            double[][] joint = Enumeration.Scores(bench, network, batch, Batch).Joint;
            int[] keys = network.KeysOf(bench.Tape, batch, Batch).Values.ToArray();
            foreach (int n in Datapoints)
            {
                for (int a = 0; a < 3; a++)
                    expected[keys[n], a] += weight * (joint[a][n] - ((joint[0][n] + joint[1][n] + joint[2][n]) / 3));
            }
        }
        Numbers.AssertClose([.. expected.Cast<double>()], compositions.Sums.Values, 1e-6, "sum");
    }

    [Fact]
    public void Tables_that_exchange_logits_leave_the_choice_to_the_likelihood_and_stay_as_sure()
    {
        int changed = 0;
        for (ulong seed = 0; seed < 5; seed++)
        {
            using var bench = new Workbench(Precision.Double);
            var data = SequenceNetwork.Batch(RandomKey.FromSeed(seed), Sequences, Batch, Precision.Double);
            var network = WithTableOnly(Sequences);
            var compositions = new KeyedCompositions<SequenceBatch>(network, new() { ExchangesLogits = true }, null, RandomKey.FromSeed(seed));
            int[] old = [.. Enumerable.Range(0, Sequences.Items).Select(key => compositions[key])];
            double[,] scores = StepScores(bench, data, old, WithTableOnly);
            double[][] before = LogProbabilities(bench, network);
            new KeyedEStep<SequenceBatch>(network, compositions, bench.Tape).Run(Datapoints, data, default);
            double[][] after = LogProbabilities(bench, network);
            foreach (var steps in data.Inputs.Values.ToArray().GroupBy(key => key))
            {
                int key = steps.Key;
                double[] likelihoods = [.. Enumerable.Range(0, 4).Select(selection => scores[key, selection] - (steps.Count() * before[key][selection]))];
                Assert.Equal(likelihoods.Max(), likelihoods[compositions[key]], 1e-9);
                Assert.Equal(before[key][old[key]], after[key][compositions[key]], 1e-12);
                changed += old[key] == compositions[key] ? 0 : 1;
            }

            SequenceNetwork WithTableOnly(SequenceSizes sizes)
            {
                var other = Recurrent(sizes, seed);
                other.Tables[0].Weight.Value.As<double>().Clear();
                other.Tables[0].Bias.Value.As<double>().Clear();
                return other;
            }
        }
        Assert.True(changed > 5, $"Only {changed} selections changed.");
    }

    [Fact]
    public void Ties_and_scores_that_are_no_numbers_keep_what_is_stored()
    {
        using var bench = new Workbench(Precision.Double);
        foreach (double weight in (double[])[0, double.NaN])
        {
            var (network, data, compositions, step) = Vectors(bench, layers: 1, modules: 3, picks: 1, seed: 3);
            foreach (var parameter in network.Parameters)
                parameter.Value.As<double>().Fill(weight);
            int[] before = [compositions[0], compositions[1]];
            Assert.Equal(0, step.Run(Datapoints, data, default).ChangedShare);
            Assert.Equal(before, new[] { compositions[0], compositions[1] });
            Assert.All(compositions.Sums.Values.Values.ToArray(), sum => Assert.Equal(0, sum));
        }
    }

    /// <summary>
    /// The scores of all selections by key: the joint log-probability of a window that ends with the step in question, less that of the
    /// window that ends before it.
    /// </summary>
    private static double[,] StepScores(
        Workbench bench, SequenceBatch data, int[] stored, Func<SequenceSizes, SequenceNetwork> create)
    {
        int selections = Sequences.Modules * Sequences.Modules;
        double[,] scores = new double[Sequences.Items, selections];
        int[] keys = data.Inputs.Values.ToArray();
        double[] before = new double[Batch];
        for (int step = 0; step < Sequences.Steps; step++)
        {
            var sizes = Sequences with { Steps = step + 1 };
            var network = create(sizes);
            var window = new SequenceBatch(Beginning(data.Inputs), Beginning(data.Targets), data.Initial);
            double[] next = new double[Batch];
            for (int selection = 0; selection < selections; selection++)
            {
                double[] joint = Joint(network, window, (n, t) => t == step ? selection : stored[keys[(t * Batch) + n]]);
                for (int n = 0; n < Batch; n++)
                {
                    int key = keys[(step * Batch) + n];
                    scores[key, selection] += joint[n] - before[n];
                    next[n] = selection == stored[key] ? joint[n] : next[n];
                }
            }
            before = next;

            IndexTensor Beginning(IndexTensor items) => IndexTensor.From(new Shape((step + 1) * Batch), items.Values[..((step + 1) * Batch)]);
        }
        return scores;

        double[] Joint(SequenceNetwork network, SequenceBatch window, Func<int, int, int> selectionOf)
        {
            int length = network.Layout.Length;
            int[] picks = [.. from n in Datapoints from t in Enumerable.Range(0, length / 2) from pick in Picks(selectionOf(n, t)) select pick];
            bench.Tape.Reset(recording: false);
            bench.Pass.BeginGiven(IndexTensor.From(new Shape(Batch, length), picks));
            return bench.Joint(network.LogLikelihood(bench.Pass, window));
        }

        static int[] Picks(int selection) => [selection / Sequences.Modules, selection % Sequences.Modules];
    }

    /// <summary>log p(a|g) of all selections of each key, by a controller that reads nothing but the key.</summary>
    private static double[][] LogProbabilities(Workbench bench, SequenceNetwork network)
    {
        var selections = new AllCompositions(new CompositionLayout(network.Layer with { Steps = 1 }), "test");
        var input = Tensor.Allocate(new Shape(selections.Count, Sequences.Hidden + Sequences.Embedding), Precision.Double);
        return [.. Enumerable.Range(0, Sequences.Items).Select(key =>
        {
            bench.Tape.Reset(recording: false);
            var keys = IndexTensor.From(new Shape(selections.Count), [.. Enumerable.Repeat(key, selections.Count)]);
            var logits = network.Tables[0].Logits(bench.Tape, new ControllerInput(input, keys));
            return bench.Tape.SumLast(logits.LogProbability(bench.Tape, selections.ForAll(bench.Tape, batchSize: 1))).ToDoubles();
        })];
    }

    private static SequenceNetwork Recurrent(SequenceSizes sizes, ulong seed)
    {
        var network = new SequenceNetwork(sizes);
        Numbers.Randomize(network.Parameters, RandomKey.FromSeed(seed).Split("parameters"), Precision.Double);
        return network;
    }

    private static (VectorNetwork, VectorBatch, KeyedCompositions<VectorBatch>, KeyedEStep<VectorBatch>) Vectors(
        Workbench bench, int layers, int modules, int picks, ulong seed)
    {
        var network = VectorNetwork.Create(layers, modules, picks);
        Numbers.Randomize(network.Parameters, RandomKey.FromSeed(seed), Precision.Double);
        var compositions = new KeyedCompositions<VectorBatch>(network, new(), null, RandomKey.FromSeed(seed).Split("start"));
        var step = new KeyedEStep<VectorBatch>(network, compositions, bench.Tape);
        return (network, VectorNetwork.Batch(RandomKey.FromSeed(seed).Split("data"), Batch, size: 2, Precision.Double), compositions, step);
    }
}
