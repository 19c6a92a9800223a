using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ForwardPassTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(51);

    [Fact]
    public void A_composition_that_is_too_short_for_the_network_is_refused()
    {
        using var bench = new Workbench(Precision.Double);
        var network = VectorNetwork.Create(layers: 2, modules: 3, picks: 2);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        bench.Pass.BeginGiven(IndexTensor.Allocate(new Shape(4, 3)));
        var error = Assert.Throws<ShapeException>(
            () => network.LogLikelihood(bench.Pass, VectorNetwork.Batch(Key, 4, 2, Precision.Double)));
        Assert.Contains("more than the 3 modules", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_composition_that_is_too_long_for_the_network_is_refused()
    {
        using var bench = new Workbench(Precision.Double);
        var network = VectorNetwork.Create(layers: 2, modules: 3, picks: 2);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var batch = VectorNetwork.Batch(Key, 4, 2, Precision.Double);
        bench.Pass.BeginGiven(IndexTensor.Allocate(new Shape(4, 4)));
        network.LogLikelihood(bench.Pass, batch);
        bench.Pass.RequireComplete();
        bench.Pass.BeginGiven(IndexTensor.Allocate(new Shape(4, 5)));
        network.LogLikelihood(bench.Pass, batch);
        var error = Assert.Throws<ShapeException>(bench.Pass.RequireComplete);
        Assert.Contains("selected 4 modules", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_does_not_exist_is_refused()
    {
        using var bench = new Workbench(Precision.Double);
        var network = VectorNetwork.Create(layers: 1, modules: 3, picks: 1);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        bench.Pass.BeginGiven(IndexTensor.From(new Shape(4, 1), [0, 1, 3, 0]));
        Assert.ThrowsAny<Exception>(() => network.LogLikelihood(bench.Pass, VectorNetwork.Batch(Key, 4, 2, Precision.Double)));
    }

    [Fact]
    public void Nothing_can_choose_where_there_is_no_controller()
    {
        using var bench = new Workbench(Precision.Double);
        var pool = new LinearModules("pool", 2, 2, 2, Activation.None, Key);
        var layer = new ModularLayer("layer", pool, new FixedChoice(2));
        bench.Pass.Begin(new ModeSelection(), 3);
        Assert.Throws<InvalidOperationException>(
            () => layer.Forward(bench.Pass, Tensor.Allocate(new Shape(3, 2), Precision.Double)));
    }

    [Fact]
    public void Only_a_run_of_training_drops_elements()
    {
        using var bench = new Workbench(Precision.Single);
        var x = Tensor.Allocate(new Shape(1000));
        x.Values.Fill(1);
        bench.Pass.Begin(new ModeSelection(), 1);
        Assert.Same(x, bench.Pass.Dropout(x, 0.25));
        bench.Pass.BeginTraining(new ModeSelection(), 1, Key);
        float[] first = bench.Pass.Dropout(x, 0.25).Values.ToArray(), second = bench.Pass.Dropout(x, 0.25).Values.ToArray();
        Assert.InRange(first.Count(value => value == 0), 200, 300);
        Assert.NotEqual(first, second);
        bench.Pass.Begin(new ModeSelection(), 1);
        Assert.Same(x, bench.Pass.Dropout(x, 0.25));
    }

    [Fact]
    public void Rows_and_targets_are_repeated_for_every_candidate()
    {
        using var bench = new Workbench(Precision.Double);
        bench.Pass.BeginCandidates(IndexTensor.Allocate(new Shape(2, 1)), samples: 2, Key);
        Assert.Equal((2, 3, 6), (bench.Pass.BatchSize, bench.Pass.Candidates, bench.Pass.Rows));
        var input = new double[] { 1, 2, 3, 4 }.ToTensor(Precision.Double, 2, 2);
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4], bench.Pass.ForCandidates(input).ToDoubles());
        var perRow = Tensor.Allocate(new Shape(6, 1), Precision.Double);
        Assert.Same(perRow, bench.Pass.ForCandidates(perRow));
        var targets = bench.Pass.ForCandidates(IndexTensor.From(new Shape(4), [5, 6, 7, 8]));
        Assert.Equal([5, 6, 5, 6, 5, 6, 7, 8, 7, 8, 7, 8], targets.Values.ToArray());
    }

    [Fact]
    public void A_pass_forgets_the_run_before()
    {
        using var bench = new Workbench(Precision.Double);
        var network = VectorNetwork.Create(layers: 2, modules: 3, picks: 2);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = VectorNetwork.Batch(Key, 4, 2, Precision.Double);
        var given = Enumeration.ForAll(4, [2, 1, 0, 2]);
        bench.Pass.BeginGiven(given);
        double[] first = bench.Joint(network.LogLikelihood(bench.Pass, data));
        bench.Pass.BeginCandidates(given, samples: 3, Key);
        network.LogLikelihood(bench.Pass, data);
        bench.Pass.Begin(new FixedSelection(), 4);
        network.LogLikelihood(bench.Pass, data);
        Assert.Null(bench.Pass.Trace.LogProbability);
        bench.Pass.Begin(new ModeSelection(), 4);
        network.LogLikelihood(bench.Pass, data);
        bench.Pass.BeginGiven(given);
        Assert.Equal(first, bench.Joint(network.LogLikelihood(bench.Pass, data)));
    }

    [Fact]
    public void The_same_key_draws_the_same_modules_and_another_key_others()
    {
        using var bench = new Workbench(Precision.Double);
        var network = VectorNetwork.Create(layers: 2, modules: 3, picks: 2);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = VectorNetwork.Batch(Key, 4, 2, Precision.Double);
        int[] first = Draw(Key), again = Draw(Key), other = Draw(Key.Split(1));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        int[] Draw(RandomKey key)
        {
            bench.Tape.Reset(recording: false);
            bench.Pass.BeginCandidates(Enumeration.ForAll(4, [0, 0, 0, 0]), samples: 3, key);
            network.LogLikelihood(bench.Pass, data);
            int[] picks = new int[bench.Pass.Rows * 4];
            for (int row = 0; row < bench.Pass.Rows; row++)
                bench.Pass.Trace.CopyComposition(row, picks.AsSpan(row * 4, 4));
            return picks;
        }
    }
}
