using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>The modular GRU whose modules bring their own gates.</summary>
public sealed class GateModulesTests
{
    private const int Batch = 3;

    private static readonly RandomKey Key = RandomKey.FromSeed(47);
    private static readonly SequenceSizes Sizes =
        new(Items: 7, Embedding: 3, Hidden: 4, Modules: 5, Picks: 2, Steps: 4, OwnGates: true);

    public static TheoryData<int, int> PicksAndFamilies => new() { { 1, 0 }, { 2, 0 }, { 3, 3 } };

    [Theory]
    [MemberData(nameof(PicksAndFamilies))]
    public void Step_by_step_values_and_gradients_are_those_of_the_fused_unit(int picks, int families)
    {
        var sizes = Sizes with { Picks = picks };
        var related = new ModuleFamilies(families);
        SelectionRule[] rules =
        [
            new GivenSelection(Given(sizes, candidates: 1)), new GivenSelection(Given(sizes, candidates: 3), candidates: 3),
            new ModeSelection(), new FixedSelection(),
        ];
        foreach (var rule in rules)
        {
            var fused = UnitRun.Of(new SequenceNetwork(sizes, null, related), sizes, Batch, rule);
            fused.AssertEqual(UnitRun.Of(SequenceNetwork.Plain(sizes, null, related), sizes, Batch, rule), 1e-12);
        }
    }

    [Fact]
    public void Vector_kernels_agree_too()
    {
        foreach (SelectionRule rule in new SelectionRule[] { new GivenSelection(Given(Sizes, candidates: 1)), new ModeSelection() })
        {
            var fused = UnitRun.Of(new SequenceNetwork(Sizes), Sizes, Batch, rule, precision: Precision.Single);
            fused.AssertEqual(UnitRun.Of(SequenceNetwork.Plain(Sizes), Sizes, Batch, rule, precision: Precision.Single), 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(PicksAndFamilies))]
    public void All_gradients_agree_with_central_differences(int picks, int families)
    {
        var sizes = Sizes with { Picks = picks };
        AssertGradients(
            new SequenceNetwork(sizes, null, new ModuleFamilies(families)), sizes, new GivenSelection(Given(sizes, candidates: 1)));
    }

    [Fact]
    public void Gates_are_mixed_as_modules_are()
    {
        var sizes = Sizes with { Picks = 1 };
        var mixture = new MixtureSelection(3, Key, new Balancing(0.7, 1.4));
        AssertGradients(new SequenceNetwork(sizes, mixture), sizes, mixture);
        // One of one module has the whole share.
        var one = sizes with { Modules = 1 };
        var mixed = UnitRun.Of(new SequenceNetwork(one, new MixtureSelection(1)), one, Batch, new MixtureSelection(1));
        var alone = UnitRun.Of(new SequenceNetwork(one, new FixedSelection()), one, Batch, new FixedSelection());
        Numbers.AssertClose(alone.LogLikelihood, mixed.LogLikelihood, 1e-12, "log-likelihood");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public void Sampled_candidates_are_scored_like_the_same_compositions_given(int picks, bool plain)
    {
        const int Samples = 4;
        var sizes = Sizes with { Picks = picks };
        var network = plain ? SequenceNetwork.Plain(sizes) : new SequenceNetwork(sizes);
        var stored = Given(sizes, candidates: 1);
        var sampled = UnitRun.Of(network, sizes, Batch, new CandidateSelection(stored, Samples, Key), recording: false);
        Assert.Equal(stored.Values, sampled.Compositions.Values[..stored.Values.Length]);
        var given = new GivenSelection(sampled.Compositions, Samples + 1);
        UnitRun.Of(new SequenceNetwork(sizes), sizes, Batch, given, recording: false).AssertEqual(sampled, 1e-12);
    }

    [Fact]
    public void One_module_begins_and_computes_as_with_shared_gates()
    {
        var own = Sizes with { Picks = 1, Modules = 1 };
        var shared = own with { OwnGates = false };
        var (actual, expected) = (new SequenceNetwork(own, new FixedSelection()), new SequenceNetwork(shared, new FixedSelection()));
        Assert.Equal(
            expected.Unit.GateWeight!.Value.Values.ToArray(), ((GateModules)actual.Unit.Gates!).Weight.Value.Values.ToArray());
        Assert.Equal(
            expected.Parameters.Select(parameter => (parameter.Name, parameter.Shape.Count)),
            actual.Parameters.Select(parameter => (parameter.Name, parameter.Shape.Count)));
        var rule = new FixedSelection();
        UnitRun.Of(expected, shared, Batch, rule).AssertEqual(UnitRun.Of(actual, own, Batch, rule), 1e-12);
    }

    [Fact]
    public void With_families_the_network_begins_as_the_baseline()
    {
        var families = new ModuleFamilies(2);
        var baseline = Sizes with { Modules = 2 };
        double[] related = LogLikelihood(new SequenceNetwork(Sizes, families: families), Sizes, new ModeSelection());
        Numbers.AssertClose(
            LogLikelihood(new SequenceNetwork(baseline, new FixedSelection()), baseline, new FixedSelection()), related, 1e-5, "log-likelihood");
    }

    [Fact]
    public void Only_the_gates_of_used_modules_have_a_gradient()
    {
        var network = new SequenceNetwork(Sizes with { Picks = 1 });
        int length = network.Layout.Length;
        var rule = new GivenSelection(Enumeration.ForAll(Batch, [.. Enumerable.Range(0, length).Select(t => t % 2 == 0 ? 1 : 3)]));
        UnitRun.Of(network, Sizes with { Picks = 1 }, Batch, rule, precision: Precision.Single);
        var weight = ((GateModules)network.Unit.Gates!).Weight;
        Assert.Equal([1, 3], weight.TouchedRows!.Rows.ToArray().Order());
        double[][] ofModules = [.. weight.Gradient.ToDoubles().Chunk(weight.Shape.Count / Sizes.Modules)];
        for (int module = 0; module < Sizes.Modules; module++)
            Assert.Equal(module is 1 or 3, ofModules[module].Any(value => value != 0));
    }

    [Fact]
    public void Gates_that_do_not_fit_are_refused()
    {
        Refuses("weights of the gates have shape [5, 6, 8]; [5, 7, 8] is needed", Gates(5, inputs: 6));
        Refuses("weights of the gates have shape [5, 7, 6]; [5, 7, 8] is needed", Gates(5, hidden: 3));
        Refuses("selects from 5 modules, the pool has 4", Gates(4));
        Refuses("begins in 0 families, the pool has 2", Gates(5, families: 2));

        static GateModules Gates(int modules, int inputs = 7, int hidden = 4, int families = 0) =>
            new("gates", modules, inputs, hidden, Key, new ModuleFamilies(families));

        static void Refuses(string message, GateModules gates)
        {
            var pool = new LinearModules("modules", 5, 7, 4, Activation.None, Key);
            var controller = new LinearController("controller", 7, 5, picks: 1, Key);
            var error = Assert.Throws<ArgumentException>(
                () => new ModularGru("gru", inputs: 3, hidden: 4, pool, controller, Key, gates: gates));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertGradients(SequenceNetwork network, SequenceSizes sizes, SelectionRule rule)
    {
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = SequenceNetwork.Batch(Key, sizes, Batch, Precision.Double);
        var worst = GradientCheck.LargestError(network.Parameters, tape =>
        {
            var pass = new ForwardPass(tape);
            pass.Begin(rule, Batch);
            var loss = tape.Mean(network.LogLikelihood(pass, data));
            var other = pass.Trace.LogProbability is { } selection ? tape.Mean(selection) : pass.Trace.BalancingLoss!;
            return tape.Add(loss, other);
        });
        Assert.True(worst.Size < 1e-6, worst.ToString());
    }

    private static double[] LogLikelihood(SequenceNetwork network, SequenceSizes sizes, SelectionRule rule)
    {
        using var bench = new Workbench(Precision.Single);
        bench.Tape.Reset(recording: false);
        bench.Pass.Begin(rule, Batch);
        return network.LogLikelihood(bench.Pass, SequenceNetwork.Batch(Key, sizes, Batch, Precision.Single)).ToDoubles();
    }

    private static IndexTensor Given(SequenceSizes sizes, int candidates)
    {
        var given = IndexTensor.Allocate(new Shape(candidates * Batch, sizes.Steps * sizes.Picks));
        for (int i = 0; i < given.Values.Length; i++)
            given.Values[i] = Key.Split("given").Below((ulong)i, sizes.Modules);
        return given;
    }
}
