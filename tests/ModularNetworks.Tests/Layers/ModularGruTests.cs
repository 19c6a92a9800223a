using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ModularGruTests
{
    private const int Batch = 3;

    private static readonly RandomKey Key = RandomKey.FromSeed(31);
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 3, Hidden: 4, Modules: 3, Picks: 2, Steps: 4);

    public static TheoryData<int, int, Precision, double> Variants => new()
    {
        { 1, 3, Precision.Double, 1e-12 }, { 2, 3, Precision.Double, 1e-12 }, { 3, 1, Precision.Double, 1e-12 },
        { 1, 3, Precision.Single, 1e-5 }, { 2, 3, Precision.Single, 1e-5 },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_unit_written_step_by_step_has_the_same_values_and_gradients(
        int picks, int modules, Precision precision, double tolerance)
    {
        var sizes = Sizes with { Picks = picks, Modules = modules };
        var (fused, unrolled) = (new SequenceNetwork(sizes), new UnrolledSequenceNetwork(sizes));
        var (expected, actual) = (Run(fused, precision), Run(unrolled, precision));
        Numbers.AssertClose(expected.LogLikelihood, actual.LogLikelihood, tolerance, "log-likelihood");
        Numbers.AssertClose(expected.LogProbability, actual.LogProbability, tolerance, "log-probability");
        foreach (var (wanted, got) in fused.Parameters.Zip(unrolled.Parameters))
        {
            Numbers.AssertClose(wanted.Gradient.ToDoubles(), got.Gradient, tolerance, got.Name);
            Assert.Contains(got.Gradient.ToDoubles(), value => value != 0 || modules == 1);
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_most_probable_modules_are_the_same_step_by_step(
        int picks, int modules, Precision precision, double tolerance)
    {
        var sizes = Sizes with { Picks = picks, Modules = modules };
        var expected = Mode(new SequenceNetwork(sizes), precision);
        var actual = Mode(new UnrolledSequenceNetwork(sizes), precision);
        Assert.Equal(expected.Picks, actual.Picks);
        Numbers.AssertClose(expected.Joint, actual.Joint, tolerance, "joint log-probability");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_gradients_agree_with_central_differences(bool hasTable)
    {
        var network = new SequenceNetwork(Sizes with { HasTable = hasTable });
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = SequenceNetwork.Batch(Key, Sizes, Batch, Precision.Double);
        var worst = GradientCheck.LargestError(network.Parameters, tape =>
        {
            var pass = new ForwardPass(tape);
            pass.BeginGiven(Given(network.Layout));
            var logLikelihood = network.LogLikelihood(pass, data);
            return tape.Mean(tape.Add(logLikelihood, pass.Trace.LogProbability!));
        });
        Assert.True(worst.Size < 1e-6, worst.ToString());
    }

    [Fact]
    public void A_unit_without_controller_cannot_select()
    {
        using var bench = new Workbench(Precision.Double);
        var network = new SequenceNetwork(Sizes with { Modules = 2 }, new FixedSelection());
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        bench.Pass.Begin(new ModeSelection(), Batch);
        var error = Assert.Throws<InvalidOperationException>(
            () => network.States(bench.Pass, SequenceNetwork.Batch(Key, Sizes, Batch, Precision.Double)));
        Assert.Contains("gru has no controller", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fixed_modules_do_not_ask_the_controller()
    {
        using var bench = new Workbench(Precision.Double);
        var network = new SequenceNetwork(Sizes);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var statistics = new SelectionStatistics();
        bench.Pass.Observer = statistics;
        bench.Pass.Begin(new FixedSelection(), Batch);
        network.States(bench.Pass, SequenceNetwork.Batch(Key, Sizes, Batch, Precision.Double));
        Assert.Null(bench.Pass.Trace.LogProbability);
        Assert.Equal(0, statistics.Layers);
    }

    [Fact]
    public void Two_units_of_one_network_do_not_draw_alike()
    {
        using var bench = new Workbench(Precision.Single);
        ModularGru[] units = [Unit("first"), Unit("second")];
        var layout = new CompositionLayout([.. units.Select(unit => unit.Layout(steps: 12))]);
        bench.Tape.Reset(recording: false);
        bench.Pass.BeginCandidates(Enumeration.ForAll(1, new int[layout.Length]), samples: 1, Key);
        // Inputs and states of zero make all modules equally probable in both units.
        foreach (var unit in units)
            unit.Forward(bench.Pass, Tensor.Allocate(new Shape(12, 2)), Tensor.Allocate(new Shape(1, 2)));
        int[] picks = new int[layout.Length];
        bench.Pass.Trace.CopyComposition(row: 1, picks);
        Assert.NotEqual(picks[..layout.OffsetOf(1)], picks[layout.OffsetOf(1)..]);
    }

    private static ModularGru Unit(string name) =>
        Units.Linear(inputs: 2, hidden: 2, modules: 4, picks: 1, new ModeSelection(), Key, name: name);

    private static (double[] LogLikelihood, double[] LogProbability) Run(SequenceNetwork network, Precision precision)
    {
        using var bench = new Workbench(precision);
        Numbers.Randomize(network.Parameters, Key, precision);
        bench.Pass.BeginGiven(Given(network.Layout));
        var logLikelihood = network.LogLikelihood(bench.Pass, SequenceNetwork.Batch(Key, Sizes, Batch, precision));
        bench.Tape.Backward(bench.Loss(logLikelihood));
        return (logLikelihood.ToDoubles(), bench.Pass.Trace.LogProbability!.ToDoubles());
    }

    private static (double[] Joint, int[] Picks) Mode(SequenceNetwork network, Precision precision)
    {
        using var bench = new Workbench(precision);
        Numbers.Randomize(network.Parameters, Key, precision);
        bench.Tape.Reset(recording: false);
        bench.Pass.Begin(new ModeSelection(), Batch);
        var data = SequenceNetwork.Batch(Key, Sizes, Batch, precision);
        double[] joint = bench.Joint(network.LogLikelihood(bench.Pass, data));
        int length = network.Layout.Length;
        int[] picks = new int[Batch * length];
        for (int n = 0; n < Batch; n++)
            bench.Pass.Trace.CopyComposition(n, picks.AsSpan(n * length, length));
        return (joint, picks);
    }

    private static IndexTensor Given(CompositionLayout layout)
    {
        var given = IndexTensor.Allocate(new Shape(Batch, layout.Length));
        for (int i = 0; i < given.Values.Length; i++)
            given.Values[i] = Key.Split("given").Below((ulong)i, layout.ModulesOf(0));
        return given;
    }
}
