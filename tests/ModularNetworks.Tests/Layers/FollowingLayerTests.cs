using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class FollowingLayerTests
{
    private const int Batch = 4;
    private const int Size = 2;
    private const int Modules = 3;
    private const double Tolerance = 1e-12;

    private static readonly RandomKey Key = RandomKey.FromSeed(71);

    /// <summary>Every rule by which a network with controllers selects.</summary>
    public static TheoryData<string> Rules => ["given", "sampled", "candidates", "mode", "fixed"];

    [Theory]
    [MemberData(nameof(Rules))]
    public void It_runs_the_modules_that_the_other_layer_selected(string name)
    {
        using var bench = new Workbench(Precision.Double);
        var network = Network(Selecting(picks: 2));
        bench.Pass.Begin(Rule(name), Batch);
        var hidden = network.Leader.Forward(bench.Pass, Data().Inputs);
        var selection = bench.Pass.Trace.SelectionOf(0).Modules;
        double[] expected = Plain(network.Pool, hidden, selection);
        Numbers.AssertClose(expected, network.Follower.Forward(bench.Pass, hidden, leader: 0), Tolerance, name);
        Assert.Equal(2, bench.Pass.Trace.PickCount);
        Assert.Equal(1, bench.Pass.Trace.Layers);
    }

    [Theory]
    [InlineData(Combination.Sum)]
    [InlineData(Combination.Concatenate)]
    public void It_mixes_with_the_shares_of_the_other_layer(Combination combination)
    {
        using var bench = new Workbench(Precision.Double);
        var network = Network(MixtureNetworks.Layer("leader", Modules, Size), combination);
        bench.Pass.Begin(new MixtureSelection(2, Key), Batch);
        var hidden = network.Leader.Forward(bench.Pass, Data().Inputs);
        var (modules, _, shares) = bench.Pass.Trace.SelectionOf(0);
        double[] output = network.Follower.Forward(bench.Pass, hidden, leader: 0).ToDoubles();
        for (int n = 0; n < Batch; n++)
        {
            double[][] parts = [.. Enumerable.Range(0, 2).Select(k => Output(network.Pool, hidden, n, modules.Values[(2 * n) + k])
                .Select(value => value * shares![(2 * n) + k]).ToArray())];
            double[] expected = combination == Combination.Sum ? [.. parts[0].Zip(parts[1], (a, b) => a + b)] : [.. parts[0], .. parts[1]];
            Numbers.AssertClose(expected, output[(n * expected.Length)..((n + 1) * expected.Length)], Tolerance, $"row {n}");
        }
    }

    [Theory]
    [InlineData("given")]
    [InlineData("mixture")]
    public void All_gradients_agree_with_central_differences(string name)
    {
        var network = Network(name == "mixture" ? MixtureNetworks.Layer("leader", Modules, Size) : Selecting(picks: 2));
        var data = Data();
        var worst = GradientCheck.LargestError(network.Parameters, tape =>
        {
            var pass = new ForwardPass(tape);
            pass.Begin(name == "mixture" ? new MixtureSelection(2, Key) : Rule(name), Batch);
            var loss = tape.Mean(network.LogLikelihood(pass, data));
            return pass.Trace.LogProbability is { } probability ? tape.Add(loss, tape.Mean(probability)) : loss;
        });
        Assert.True(worst.Size < 1e-6, worst.ToString());
    }

    [Fact]
    public void An_exhaustive_E_step_tries_one_selection_for_both_layers_and_finds_the_best()
    {
        using var bench = new Workbench(Precision.Double);
        var network = Network(Selecting(picks: 2));
        var data = Data();
        double[][] joint = Enumeration.Scores(bench, network, data, Batch).Joint;
        Assert.Equal(Modules * Modules, joint.Length);
        foreach (CandidateStrategy<VectorBatch> candidates in (CandidateStrategy<VectorBatch>[])
            [new ExhaustiveCandidates<VectorBatch>(network.Layout), new SampledCandidates<VectorBatch>(1000), new DistinctCandidates<VectorBatch>(network, 9)])
        {
            var store = new CompositionStore(network.Layout, Batch, Key);
            var result = new EStep<VectorBatch>(network, store, bench.Tape, candidates).Run([0, 1, 2, 3], data, Key);
            double[] best = [.. Enumerable.Range(0, Batch).Select(n => joint.Max(scores => scores[n]))];
            Assert.Equal(best.Average(), result.JointLogProbability, 1e-10);
            for (int n = 0; n < Batch; n++)
                Assert.Equal(best[n], joint[Enumeration.IndexOf(network.Layout, [store[n, 0], store[n, 1]])][n], 1e-10);
        }
    }

    [Fact]
    public void It_follows_a_recurrent_layer_at_every_time_step()
    {
        using var bench = new Workbench(Precision.Double);
        var sizes = new SequenceSizes(Items: 5, Embedding: 2, Hidden: Size, Modules, Picks: 1, Steps: 3);
        var network = new SequenceNetwork(sizes);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var pool = Pool(Modules);
        bench.Pass.Begin(new SampledSelection(Key), Batch);
        var states = network.States(bench.Pass, SequenceNetwork.Batch(Key, sizes, Batch, Precision.Double));
        var (selection, steps, _) = bench.Pass.Trace.SelectionOf(0);
        Assert.Equal(3, steps);
        var output = new FollowingLayer("following", pool).Forward(bench.Pass, states, leader: 0);
        Numbers.AssertClose(Plain(pool, states, selection), output, Tolerance, "output");
    }

    [Fact]
    public void Layers_that_have_not_run_and_modules_that_do_not_exist_are_refused()
    {
        using var bench = new Workbench(Precision.Double);
        var network = Network(Selecting(picks: 1));
        var input = Data().Inputs;
        bench.Pass.Begin(new ModeSelection(), Batch);
        var error = Assert.Throws<InvalidOperationException>(() => network.Follower.Forward(bench.Pass, input, leader: 0));
        Assert.Contains("layer 0 is asked for when 0 layers have run", error.Message, StringComparison.Ordinal);
        bench.Pass.BeginGiven(IndexTensor.From(new Shape(Batch, 1), [2, 0, 0, 0]));
        network.Leader.Forward(bench.Pass, input);
        var fewer = new FollowingLayer("top", Pool(modules: 2));
        var refused = Assert.Throws<ShapeException>(() => fewer.Forward(bench.Pass, input, leader: 0));
        Assert.Contains("top: module 2 is wanted at place 0; there are 0 to 1", refused.Message, StringComparison.Ordinal);
    }

    private static SelectionRule Rule(string name) => name switch
    {
        "given" => new GivenSelection(IndexTensor.From(new Shape(Batch, 2), [0, 2, 1, 1, 2, 0, 1, 2])),
        "candidates" => new CandidateSelection(IndexTensor.From(new Shape(Batch, 2), [0, 2, 1, 1, 2, 0, 1, 2]), 5, Key),
        "sampled" => new SampledSelection(Key),
        "fixed" => new FixedSelection(),
        _ => new ModeSelection(),
    };

    private static FollowingNetwork Network(ModularLayer leader, Combination combination = Combination.Sum)
    {
        var network = new FollowingNetwork(leader, combination);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        return network;
    }

    private static ModularLayer Selecting(int picks) => VectorNetwork.Layer("leader", Modules, picks, Size);

    private static VectorBatch Data() => VectorNetwork.Batch(Key, Batch, Size, Precision.Double);

    private static LinearModules Pool(int modules)
    {
        var pool = new LinearModules("pool", modules, Size, Size, Activation.None, Key);
        Numbers.Randomize(pool.Parameters, Key, Precision.Double);
        return pool;
    }

    /// <summary>The sum of the selected modules' outputs, row by row.</summary>
    private static double[] Plain(LinearModules pool, Tensor input, IndexTensor selection)
    {
        int picks = selection.Shape[1];
        return [.. Enumerable.Range(0, selection.Shape[0]).SelectMany(row => Enumerable.Range(0, picks)
            .Select(k => Output(pool, input, row, selection.Values[(row * picks) + k]))
            .Aggregate((sum, next) => [.. sum.Zip(next, (a, b) => a + b)]))];
    }

    /// <summary>One module's output for one row.</summary>
    private static double[] Output(LinearModules pool, Tensor input, int row, int module) => [.. Enumerable.Range(0, Size).Select(i =>
        pool.Bias.Value[(module * Size) + i] + Enumerable.Range(0, Size).Sum(
            j => input[(row * Size) + j] * pool.Weight.Value[(((module * Size) + j) * Size) + i]))];
}
