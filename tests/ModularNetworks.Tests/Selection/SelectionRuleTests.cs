using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class SelectionRuleTests
{
    private const int Batch = 4;

    private static readonly RandomKey Key = RandomKey.FromSeed(57);
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 3, Hidden: 4, Modules: 5, Picks: 2, Steps: 3);

    [Fact]
    public void Before_a_run_begins_there_is_no_rule()
    {
        using var bench = new Workbench(Precision.Single);
        var error = Assert.Throws<InvalidOperationException>(() => bench.Pass.Rule);
        Assert.Contains("Call Begin with a selection rule", error.Message, StringComparison.Ordinal);
        var layer = VectorNetwork.Layer("layer", modules: 3, picks: 1, size: 2);
        Assert.Throws<InvalidOperationException>(() => layer.Forward(bench.Pass, Tensor.Allocate(new Shape(Batch, 2))));
        var rule = new ModeSelection();
        bench.Pass.Begin(rule, Batch);
        Assert.Same(rule, bench.Pass.Rule);
    }

    [Fact]
    public void Only_a_run_of_training_has_a_training_key()
    {
        using var bench = new Workbench(Precision.Single);
        Assert.Throws<InvalidOperationException>(() => bench.Pass.TrainingKey);
        bench.Pass.BeginTraining(new ModeSelection(), Batch, Key);
        Assert.Equal((true, Key), (bench.Pass.IsTraining, bench.Pass.TrainingKey));
        bench.Pass.Begin(new ModeSelection(), Batch);
        Assert.False(bench.Pass.IsTraining);
        var error = Assert.Throws<InvalidOperationException>(() => bench.Pass.TrainingKey);
        Assert.Contains("evaluation has no training key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_selection_is_replaced_for_the_next_run()
    {
        using var bench = new Workbench(Precision.Double);
        var network = VectorNetwork.Create(layers: 2, modules: 3, picks: 1);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = VectorNetwork.Batch(Key, Batch, 2, Precision.Double);
        var rule = new GivenSelection(Enumeration.ForAll(Batch, [0, 1]));
        double[] first = Joint(rule);
        var other = Enumeration.ForAll(2 * Batch, [2, 0]);
        Assert.Same(rule, rule.Replace(other, candidates: 2));
        Assert.Equal(2, rule.Candidates);
        double[] twice = Joint(rule);
        Assert.Equal(Joint(new GivenSelection(Enumeration.ForAll(Batch, [2, 0]))), twice[..Batch]);
        Assert.Equal(twice[..Batch], twice[Batch..]);
        Assert.Equal(first, Joint(rule.Replace(Enumeration.ForAll(Batch, [0, 1]))));
        Assert.NotEqual(first, twice[..Batch]);
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Replace(other, candidates: 0));

        double[] Joint(SelectionRule given)
        {
            bench.Tape.Reset(recording: false);
            bench.Pass.Begin(given, Batch);
            return bench.Joint(network.LogLikelihood(bench.Pass, data));
        }
    }

    [Fact]
    public void Several_compositions_of_every_datapoint_have_gradients()
    {
        var network = VectorNetwork.Create(layers: 2, modules: 3, picks: 1);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = VectorNetwork.Batch(Key, count: 2, size: 2, Precision.Double);
        var given = IndexTensor.From(new Shape(6, 2), [0, 1, 2, 2, 1, 1, 0, 2, 2, 0, 1, 1]);
        var worst = GradientCheck.LargestError(network.Parameters, tape =>
        {
            var pass = new ForwardPass(tape);
            pass.BeginGiven(given, candidates: 3);
            var joint = tape.Add(network.LogLikelihood(pass, data), pass.Trace.LogProbability!);
            return tape.Log(tape.Mean(tape.Exp(joint)));
        });
        Assert.True(worst.Size < 1e-6, worst.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_rule_of_ones_own_runs_layers(bool scores)
    {
        using var bench = new Workbench(Precision.Double);
        var network = VectorNetwork.Create(layers: 3, modules: 5, picks: 2);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = VectorNetwork.Batch(Key, Batch, 2, Precision.Double);
        bench.Pass.Begin(new DealtSelection(Key, scores), Batch);
        double[] own = network.LogLikelihood(bench.Pass, data).ToDoubles();
        int[] picks = Composition(bench.Pass, row: 0);
        AssertGiven(bench, network, data, picks, own, scores);
        Assert.NotEqual(picks[..2], picks[2..4]);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void A_rule_of_ones_own_runs_the_modular_unit(bool scores, bool isPlain)
    {
        using var bench = new Workbench(Precision.Double);
        var network = isPlain ? SequenceNetwork.Plain(Sizes) : new SequenceNetwork(Sizes);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = SequenceNetwork.Batch(Key, Sizes, Batch, Precision.Double);
        bench.Pass.Begin(new DealtSelection(Key, scores), Batch);
        double[] own = network.LogLikelihood(bench.Pass, data).ToDoubles();
        AssertGiven(bench, network, data, Composition(bench.Pass, row: 0), own, scores);
    }

    /// <summary>Checks that a run gave what the same modules give when they are given, and the same log-probability.</summary>
    private static void AssertGiven<TBatch>(
        Workbench bench, ModularNetwork<TBatch> network, TBatch data, int[] picks, double[] logLikelihood, bool scores)
    {
        double[]? logProbability = bench.Pass.Trace.LogProbability?.ToDoubles();
        Assert.All(Enumerable.Range(0, Batch), row => Assert.Equal(picks, Composition(bench.Pass, row)));
        bench.Pass.BeginGiven(Enumeration.ForAll(Batch, picks));
        Assert.Equal(network.LogLikelihood(bench.Pass, data).ToDoubles(), logLikelihood);
        Assert.Equal(scores ? bench.Pass.Trace.LogProbability!.ToDoubles() : null, logProbability);
    }

    private static int[] Composition(ForwardPass pass, int row)
    {
        int[] picks = new int[pass.Trace.PickCount];
        pass.Trace.CopyComposition(row, picks);
        return picks;
    }

    /// <summary>Every layer is dealt its modules at random once, and uses them for all datapoints.</summary>
    private sealed class DealtSelection(RandomKey key, bool scores) : SelectionRule
    {
        public override Tensor Run(ForwardPass pass, IModularLayer layer, LayerInput input)
        {
            var dealt = KeyOfLayer(pass, key);
            var selection = pass.Tape.RentIndices(new Shape(input.Steps * pass.BatchSize, layer.Picks));
            for (int i = 0; i < selection.Values.Length; i++)
                selection.Values[i] = dealt.Below((ulong)(i % layer.Picks), layer.Modules);
            return scores ? layer.RunGiven(pass, input, selection) : layer.RunFixed(pass, input, selection);
        }
    }
}
