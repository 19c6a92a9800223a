using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Training and reading by a modular GRU without a fused kernel.</summary>
public sealed class PlainGruTrainingTests
{
    private const int Steps = 20;

    private static readonly RandomKey Key = RandomKey.FromSeed(40);
    private static readonly SequenceSizes Sizes = new(Items: 11, Embedding: 4, Hidden: 5, Modules: 3, Picks: 2, Steps: 6);

    public static TheoryData<string> Methods => ["em", "distinct", "greedy", "reinforce", "mixture", "fixed", "layers", "levels", "multilayer"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Steps_allocate_nothing_and_raise_the_log_likelihood(string method)
    {
        using var bench = new Workbench(Precision.Single);
        var trainer = Trainer(bench, method);
        double before = trainer.Step().LogLikelihood;
        Allocations.AssertNone(() => Take(trainer, 40));
        double after = trainer.Step().LogLikelihood;
        Assert.True(after > before + 2, $"The log-likelihood went from {before} to {after}.");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_number_of_threads_does_not_change_a_bit(int threads)
    {
        using var one = new Workbench(Precision.Single);
        using var several = new Workbench(Precision.Single, threads);
        var (expected, actual) = (Trainer(one, "em"), Trainer(several, "em"));
        for (int i = 0; i < 20; i++)
            Assert.Equal(expected.Step(), actual.Step());
        Assert.Equal(expected.Compositions!.Bytes.ToArray(), actual.Compositions!.Bytes.ToArray());
    }

    [Theory]
    [InlineData(1, 1, 3, 1)]
    [InlineData(5, 7, 6, 2)]
    [InlineData(32, 8, 15, 3)]
    public void A_reader_has_the_states_and_modules_of_an_evaluation(int inputs, int hidden, int modules, int picks)
    {
        var unit = Units.Plain(Units.Linear(
            inputs, hidden, modules, picks, new ModeSelection(), Key, activation: StateActivation.Tanh));
        Numbers.Randomize(unit.Parameters, Key, Precision.Single);
        var (states, selections) = Evaluate(unit, new ModeSelection());
        var reader = new ModularGruReader(unit);
        for (int sequence = 0; sequence < 2; sequence++)
        {
            reader.Reset();
            for (int t = 0; t < Steps; t++)
            {
                reader.Read(Inputs(inputs).AsSpan(t * inputs, inputs));
                Assert.Equal(states[(t * hidden)..((t + 1) * hidden)], reader.State.Values.ToArray());
                Assert.Equal(selections[(t * picks)..((t + 1) * picks)], reader.Selection.Modules.ToArray());
            }
        }
        Assert.True(selections.Distinct().Count() > picks);
    }

    [Fact]
    public void A_reader_without_a_controller_uses_the_same_modules_for_every_input()
    {
        var unit = Units.Plain(Units.Linear(5, 7, modules: 2, picks: 2, new FixedSelection(), Key));
        Numbers.Randomize(unit.Parameters, Key, Precision.Single);
        var (states, _) = Evaluate(unit, new FixedSelection());
        var reader = new ModularGruReader(unit);
        for (int t = 0; t < Steps; t++)
        {
            reader.Read(Inputs(5).AsSpan(t * 5, 5));
            Assert.Equal([0, 1], reader.Selection.Modules.ToArray());
            Assert.Equal(states[(t * 7)..((t + 1) * 7)], reader.State.Values.ToArray());
        }
    }

    [Fact]
    public void A_reader_allocates_nothing()
    {
        var reader = new ModularGruReader(Units.Plain(
            Units.Linear(5, 7, modules: 6, picks: 2, new ModeSelection(), Key, new ModuleFamilies(2))));
        float[] inputs = Inputs(5);
        Allocations.AssertNone(() =>
        {
            for (int t = 0; t < Steps; t++)
                reader.Read(inputs.AsSpan(t * 5, 5));
        });
    }

    private static void Take(ITrainer trainer, int steps)
    {
        for (int i = 0; i < steps; i++)
            trainer.Step();
    }

    private static ITrainer Trainer(Workbench bench, string method)
    {
        var network = Network(method);
        var data = new SequenceProblem(100, Sizes, RandomKey.FromSeed(5));
        var optimizer = new Adam(network.Parameters, bench.Kernels, learningRate: 0.02);
        var candidates = method switch
        {
            "distinct" => EStepCandidates.Distinct,
            "greedy" => EStepCandidates.Greedy,
            _ => EStepCandidates.Sampled,
        };
        return method switch
        {
            "reinforce" => new Reinforce<SequenceBatch>(network, data, optimizer, bench.Tape, Key),
            "mixture" => new NoisyTopK<SequenceBatch>(network, data, optimizer, bench.Tape, Key, new NoisyTopKOptions()),
            "fixed" => new FixedModules<SequenceBatch>(network, data, optimizer, bench.Tape, Key, batchSize: 33),
            _ => new ViterbiEm<SequenceBatch>(
                network, data, optimizer, bench.Tape, Key, new() { BatchSize = 33, Samples = 3, MStepsPerEStep = 4, Candidates = candidates }),
        };
    }

    private static SequenceNetwork Network(string method)
    {
        int joined = Sizes.Hidden + Sizes.Embedding;
        return method switch
        {
            "mixture" => SequenceNetwork.Plain(Sizes with { Picks = 1 }, new MixtureSelection(2)),
            "fixed" => SequenceNetwork.Plain(Sizes with { Modules = 2 }, new FixedSelection()),
            "layers" => new SequenceNetwork(Sizes, Unit(
                new LayerModules([.. Enumerable.Range(0, 3).Select(m => new Linear($"module {m}", joined, Sizes.Hidden, Key.Split((ulong)m)))]),
                new LinearController("gru.controller", joined, modules: 3, Sizes.Picks, Key))),
            "levels" => new SequenceNetwork(Sizes, Unit(
                new LinearModules("gru.modules", 4, joined, Sizes.Hidden, Activation.Tanh, Key),
                new MultiLevelController("gru.controller", joined, branches: 2, levels: 2, Sizes.Picks, Key))),
            "multilayer" => new SequenceNetwork(Sizes, Unit(
                new LinearModules("gru.modules", 3, joined, Sizes.Hidden, Activation.None, Key),
                new MultilayerController(
                    "gru.controller", new LinearController("gru.controller", joined, modules: 3, Sizes.Picks, Key), units: 6, Key))),
            _ => SequenceNetwork.Plain(Sizes),
        };
    }

    private static ModularGru Unit(ModulePool pool, Controller controller) =>
        new("gru", Sizes.Embedding, Sizes.Hidden, pool, controller, Key, StateActivation.Tanh);

    private static (float[] States, int[] Selections) Evaluate(ModularGru unit, SelectionRule rule)
    {
        using var bench = new Workbench(Precision.Single);
        bench.Tape.Reset(recording: false);
        bench.Pass.Begin(rule, batchSize: 1);
        var sequence = Tensor.From(new Shape(Steps, unit.Inputs), Inputs(unit.Inputs));
        float[] states = unit.Forward(bench.Pass, sequence, Tensor.Allocate(new Shape(1, unit.Hidden))).Values.ToArray();
        int[] selections = new int[Steps * unit.Picks];
        bench.Pass.Trace.CopyComposition(row: 0, selections);
        return (states, selections);
    }

    private static float[] Inputs(int inputs) =>
        Array.ConvertAll(Numbers.Uniform(Key.Split("inputs"), Steps * inputs), value => (float)(2 * value));
}
