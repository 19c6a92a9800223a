using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>
/// A modular unit of either kind refuses inputs, states, keys and selections of wrong shapes, whatever rule selects its modules:
/// unchecked, the fused kernels would read and write memory that is not theirs.
/// </summary>
public sealed class ModularGruShapeTests
{
    private const int Inputs = 3;
    private const int Hidden = 8;
    private const int Modules = 4;
    private const int Batch = 2;
    private const int Steps = 3;

    private static readonly RandomKey Key = RandomKey.FromSeed(77);

    public static TheoryData<string, bool> Rules => Cross(["mode", "sampled", "candidates", "given", "fixed", "assigned", "mixture"]);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Initial_states_of_another_shape_are_refused(string rule, bool isPlain)
    {
        Shape[] wrong = [new(2, 4096), new(200_000, 8), new(2, 16), new(2, 4), new(6, 8), new(1, 8), new(16), new(0, 8), new(2, 8, 1), new()];
        foreach (var shape in wrong)
        {
            var error = Assert.Throws<ShapeException>(() => Run(rule, isPlain, new Shape(Steps * Batch, Inputs), shape));
            Assert.Contains($"initial {shape}", error.Message, StringComparison.Ordinal);
            Assert.Contains($"[{Batch}, {Hidden}]", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Inputs_of_another_shape_are_refused(string rule, bool isPlain)
    {
        Shape[] wrong = [new(5, Inputs), new(1, Inputs), new(0, Inputs), new(6, Inputs - 1), new(6, Inputs + 1), new(6), new(3, 2, Inputs)];
        foreach (var shape in wrong)
            Assert.Throws<ShapeException>(() => Run(rule, isPlain, shape, new Shape(Batch, Hidden)));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Keys_of_another_number_are_refused(string rule, bool isPlain)
    {
        foreach (int count in (int[])[1, 5, 7, 0])
        {
            var keys = IndexTensor.Allocate(new Shape(count));
            Assert.Throws<ShapeException>(() => Run(rule, isPlain, new Shape(Steps * Batch, Inputs), new Shape(Batch, Hidden), keys));
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Fitting_shapes_run(string rule, bool isPlain)
    {
        int candidates = rule == "candidates" ? 3 : 1;
        var keys = IndexTensor.Allocate(new Shape(Steps * Batch));
        var hidden = Run(rule, isPlain, new Shape(Steps * Batch, Inputs), new Shape(Batch, Hidden), keys);
        Assert.Equal(new Shape(Steps * Batch * candidates, Hidden), hidden);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Single_steps_check_shapes_and_modules(bool isPlain)
    {
        using var bench = new Workbench(Precision.Single);
        var unit = Unit("mode", isPlain);
        var (inputs, states) = (Tensor.Allocate(new Shape(Batch, Inputs)), Tensor.Allocate(new Shape(Batch, Hidden)));
        Tensor[] wrong = [.. ((Shape[])[new(Batch, Hidden + 1), new(Batch, Hidden - 1), new(1, Hidden), new(3, Hidden), new(16)]).Select(shape => Tensor.Allocate(shape))];
        var selection = IndexTensor.Allocate(new Shape(Batch, 1));
        foreach (var tensor in wrong)
        {
            Assert.Throws<ShapeException>(() => unit.NextStates(bench.Tape, inputs, tensor, selection));
            Assert.Throws<ShapeException>(() => unit.NextStates(bench.Tape, tensor, states, selection));
            Assert.Throws<ShapeException>(() => unit.Logits(bench.Tape, inputs, tensor));
            Assert.Throws<ShapeException>(() => unit.Logits(bench.Tape, tensor, states));
        }
        foreach (var indices in (IndexTensor[])[Picks(1, 0), Picks(4, 0), Picks(2, Modules), Picks(2, -1), Picks(2, 100_000_000)])
            Assert.Throws<ShapeException>(() => unit.NextStates(bench.Tape, inputs, states, indices));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(-3, 8)]
    [InlineData(3, 0)]
    [InlineData(3, int.MaxValue)]
    [InlineData(int.MaxValue, 8)]
    public void Units_of_impossible_sizes_are_refused(int inputs, int hidden) => Assert.ThrowsAny<ArgumentException>(
        () => new ModularGru("gru", inputs, hidden, Unit("mode", false).Pool, new FixedChoice(Modules, 1), Key));

    private static IndexTensor Picks(int rows, int module)
    {
        var picks = IndexTensor.Allocate(new Shape(rows, 1));
        picks.Values.Fill(module);
        return picks;
    }

    /// <summary>Runs a unit, and returns the shape of its states.</summary>
    private static Shape Run(string rule, bool isPlain, Shape inputs, Shape initial, IndexTensor? keys = null)
    {
        using var bench = new Workbench(Precision.Single);
        bench.Tape.Reset(recording: false);
        bench.Pass.Begin(RuleOf(rule), Batch);
        var unit = Unit(rule, isPlain);
        if (rule == "assigned")
            keys ??= IndexTensor.Allocate(new Shape(inputs.Rank == 0 ? 0 : inputs[0]));
        return unit.Forward(bench.Pass, Tensor.Allocate(inputs), Tensor.Allocate(initial), keys).Shape;
    }

    private static SelectionRule RuleOf(string name) => name switch
    {
        "mode" => new ModeSelection(),
        "sampled" => new SampledSelection(Key),
        "candidates" => new CandidateSelection(IndexTensor.Allocate(new Shape(Batch, Steps)), samples: 2, Key),
        "given" => new GivenSelection(IndexTensor.Allocate(new Shape(Batch, Steps))),
        "fixed" => new FixedSelection(),
        "assigned" => new AssignedSelection(new ModuleAssignment(Modules, 1, 3, 2)),
        _ => new MixtureSelection(modules: 2, Key),
    };

    private static ModularGru Unit(string rule, bool isPlain)
    {
        const int joined = Hidden + Inputs;
        ModulePool pool = isPlain
            ? new LayerModules([.. Enumerable.Range(0, Modules).Select(m => new Linear($"m{m}", joined, Hidden, Key.Split((ulong)m)))])
            : new LinearModules("modules", Modules, joined, Hidden, Activation.None, Key);
        Chooser chooser = rule == "mixture"
            ? new NoisyGate("gate", joined, Modules)
            : new LinearController("controller", joined, Modules, picks: 1, Key);
        return new ModularGru("gru", Inputs, Hidden, pool, chooser, Key);
    }

    private static TheoryData<string, bool> Cross(string[] names)
    {
        var data = new TheoryData<string, bool>();
        foreach (string name in names)
        {
            data.Add(name, false);
            data.Add(name, true);
        }
        return data;
    }
}
