using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Modules and controllers of several kinds in the modular GRU.</summary>
public sealed class PlainGruPartsTests
{
    private const int Batch = 3;
    private const int Joined = 4 + 3;

    private static readonly RandomKey Key = RandomKey.FromSeed(39);
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 3, Hidden: 4, Modules: 4, Picks: 2, Steps: 4);

    public static TheoryData<string> Kinds => ["fused", "delegating", "levels", "multilayer", "layers", "hidden layers", "activation"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_unit_written_step_by_step_has_the_same_values_and_gradients(string kind)
    {
        foreach (SelectionRule rule in new SelectionRule[] { new GivenSelection(Given()), new ModeSelection() })
        {
            var expected = UnitRun.Of(new UnrolledSequenceNetwork(Sizes, Unit(kind)), Sizes, Batch, rule);
            var actual = UnitRun.Of(new SequenceNetwork(Sizes, Unit(kind)), Sizes, Batch, rule);
            // Step by step, an observer sees a layer in every step.
            expected.AssertEqual(actual with { Entropies = expected.Entropies }, 1e-12);
            Assert.Equal(1, actual.Entropies[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void All_gradients_agree_with_central_differences(string kind)
    {
        var network = new SequenceNetwork(Sizes, Unit(kind));
        AssertGradients(network, Sizes, new GivenSelection(Given()));
    }

    [Fact]
    public void All_gradients_of_mixtures_agree_with_central_differences()
    {
        var sizes = Sizes with { Picks = 1 };
        var mixture = new MixtureSelection(3, Key, new Balancing(0.7, 1.4));
        AssertGradients(SequenceNetwork.Plain(sizes, mixture), sizes, mixture);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_probabilities_of_all_compositions_sum_to_one(string kind)
    {
        using var bench = new Workbench(Precision.Double);
        var sizes = Sizes with { Steps = 2 };
        var network = new SequenceNetwork(sizes, Unit(kind));
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = SequenceNetwork.Batch(Key, sizes, Batch, Precision.Double);
        double[][] selection = Enumeration.Scores(bench, network, data, Batch).Selection;
        for (int n = 0; n < Batch; n++)
            Assert.Equal(1, selection.Sum(ofRows => Math.Exp(ofRows[n])), 1e-10);
    }

    [Fact]
    public void One_level_is_a_linear_controller()
    {
        var levels = new MultiLevelController("gru.controller", Joined, branches: 4, levels: 1, Sizes.Picks, Key);
        var unit = new ModularGru("gru", Sizes.Embedding, Sizes.Hidden, Linear(Activation.None), levels, Key);
        foreach (SelectionRule rule in new SelectionRule[] { new GivenSelection(Given()), new ModeSelection() })
        {
            var expected = UnitRun.Of(new SequenceNetwork(Sizes), Sizes, Batch, rule);
            expected.AssertEqual(UnitRun.Of(new SequenceNetwork(Sizes, unit), Sizes, Batch, rule), 1e-12);
        }
    }

    [Fact]
    public void Linear_modules_with_an_activation_apply_it_to_every_output()
    {
        var relu = UnitRun.Of(new SequenceNetwork(Sizes, Unit("activation")), Sizes, Batch, new GivenSelection(Given()));
        var none = UnitRun.Of(new SequenceNetwork(Sizes), Sizes, Batch, new GivenSelection(Given()));
        Assert.All(relu.LogLikelihood.Zip(none.LogLikelihood), pair => Assert.NotEqual(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Without_a_controller_nothing_is_selected()
    {
        using var bench = new Workbench(Precision.Double);
        var network = SequenceNetwork.Plain(Sizes with { Modules = 2 }, new FixedSelection());
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = SequenceNetwork.Batch(Key, Sizes, Batch, Precision.Double);
        bench.Pass.Begin(new ModeSelection(), Batch);
        var error = Assert.Throws<InvalidOperationException>(() => network.States(bench.Pass, data));
        Assert.Contains("gru has no controller", error.Message, StringComparison.Ordinal);
        bench.Pass.Begin(new MixtureSelection(2), Batch);
        error = Assert.Throws<InvalidOperationException>(() => network.States(bench.Pass, data));
        Assert.Contains("gru has no noisy gate", error.Message, StringComparison.Ordinal);
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

    private static ModularGru Unit(string kind)
    {
        var linear = new LinearController("gru.controller", Joined, Sizes.Modules, Sizes.Picks, Key);
        (ModulePool pool, Controller controller) = kind switch
        {
            "fused" => (Linear(Activation.None), linear),
            "delegating" => (new DelegatingPool(Linear(Activation.None)), new DelegatingController(linear)),
            "levels" => (Linear(Activation.None), new MultiLevelController("levels", Joined, branches: 2, levels: 2, Sizes.Picks, Key)),
            "multilayer" => (Linear(Activation.None), new MultilayerController("gru.controller", linear, units: 3, Key)),
            "layers" => (new LayerModules([.. Enumerable.Range(0, Sizes.Modules).Select(m => Layer($"module {m}"))]), linear),
            "hidden layers" => (new LayerModules([.. Enumerable.Range(0, Sizes.Modules).Select(DeepLayer)]), linear),
            "activation" => ((ModulePool)Linear(Activation.Relu), (Controller)linear),
            _ => throw new ArgumentException(kind),
        };
        return new ModularGru("gru", Sizes.Embedding, Sizes.Hidden, pool, controller, Key, StateActivation.Tanh);
    }

    private static LinearModules Linear(Activation activation) =>
        new("gru.modules", Sizes.Modules, Joined, Sizes.Hidden, activation, Key);

    private static Linear Layer(string name) => new(name, Joined, Sizes.Hidden, Key);

    private static Sequential DeepLayer(int module) => new(
        new Linear($"module {module}.first", Joined, 3, Key), Activation.Tanh, new Linear($"module {module}.last", 3, Sizes.Hidden, Key));

    private static IndexTensor Given()
    {
        var given = IndexTensor.Allocate(new Shape(Batch, Sizes.Steps * Sizes.Picks));
        for (int i = 0; i < given.Values.Length; i++)
            given.Values[i] = Key.Split("given").Below((ulong)i, Sizes.Modules);
        return given;
    }
}
