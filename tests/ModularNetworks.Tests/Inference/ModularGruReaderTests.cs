using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ModularGruReaderTests
{
    private const int Steps = 50;

    private static readonly RandomKey Key = RandomKey.FromSeed(61);

    public static TheoryData<int, int, int, int, int, bool> Sizes => new()
    {
        // inputs, hidden, M, K, families, gates of each module
        { 1, 1, 1, 1, 0, false }, { 32, 8, 5, 1, 0, false }, { 32, 8, 15, 3, 0, false }, { 5, 7, 20, 2, 0, false },
        { 3, 17, 4, 3, 3, false }, { 17, 16, 6, 2, 2, false }, { 1, 1, 1, 1, 0, true }, { 5, 7, 20, 2, 0, true }, { 17, 16, 6, 2, 2, true },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Input_by_input_states_and_modules_are_those_of_an_evaluation(
        int inputs, int hidden, int modules, int picks, int families, bool ownGates)
    {
        var unit = Unit(inputs, hidden, modules, picks, new ModeSelection(), families, ownGates);
        var (states, selections) = Evaluate(unit, inputs, pass => pass.Begin(new ModeSelection(), 1));
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
        Assert.Equal(modules > 1, selections.Distinct().Count() > picks);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void Without_a_controller_the_same_modules_serve_every_input(int picks, bool ownGates)
    {
        var unit = Unit(inputs: 5, hidden: 7, picks, picks, new FixedSelection(), families: 0, ownGates);
        var (states, selections) = Evaluate(unit, 5, pass => pass.Begin(new FixedSelection(), 1));
        var reader = new ModularGruReader(unit);
        for (int t = 0; t < Steps; t++)
        {
            reader.Read(Inputs(5).AsSpan(t * 5, 5));
            Assert.Equal(selections[(t * picks)..((t + 1) * picks)], reader.Selection.Modules.ToArray());
            for (int i = 0; i < 7; i++)
                Assert.Equal(states[(t * 7) + i], reader.State.Values[i], 1e-5f);
        }
    }

    [Fact]
    public void Modules_that_are_not_selected_do_not_run()
    {
        var unit = Unit(inputs: 5, hidden: 8, modules: 4, picks: 1, new ModeSelection(), families: 0, ownGates: true);
        float[] expected = State(unit, out int used);
        foreach (var parameter in new[] { ((LinearModules)unit.Pool).Weight, ((GateModules)unit.Gates!).Weight })
        {
            var weight = parameter.Value.Values;
            int size = weight.Length / 4;
            for (int module = 0; module < 4; module++)
            {
                if (module != used)
                    weight.Slice(module * size, size).Fill(float.NaN);
            }
        }
        Assert.Equal(expected, State(unit, out _));

        static float[] State(ModularGru unit, out int used)
        {
            var reader = new ModularGruReader(unit);
            reader.Read(Inputs(5).AsSpan(0, 5));
            used = reader.Selection.Modules[0];
            return reader.State.Values.ToArray();
        }
    }

    [Fact]
    public void It_allocates_nothing()
    {
        var reader = new ModularGruReader(Unit(inputs: 5, hidden: 7, modules: 6, picks: 2, new ModeSelection(), families: 2));
        float[] inputs = Inputs(5);
        Allocations.AssertNone(() =>
        {
            for (int t = 0; t < Steps; t++)
                reader.Read(inputs.AsSpan(t * 5, 5));
        });
    }

    [Fact]
    public void A_noisy_gate_is_refused()
    {
        var unit = Unit(inputs: 2, hidden: 2, modules: 3, picks: 1, new MixtureSelection(4), families: 0);
        var error = Assert.Throws<ArgumentException>(() => new ModularGruReader(unit));
        Assert.Contains("gru mixes modules by a noisy gate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_picks_than_modules_are_refused_where_nothing_chooses()
    {
        var key = RandomKey.FromSeed(1);
        var pool = new LinearModules("modules", modules: 1, inputs: 5, outputs: 3, Activation.None, key);
        var unit = new ModularGru("unit", inputs: 2, hidden: 3, pool, new FixedChoice(modules: 1, picks: 2), key);
        var error = Assert.Throws<ArgumentException>(() => new ModularGruReader(unit));
        Assert.Contains("nothing in unit selects 2 of its 1 module", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_inputs_is_refused()
    {
        var reader = new ModularGruReader(Unit(inputs: 2, hidden: 3, modules: 3, picks: 1, new ModeSelection(), families: 0));
        var error = Assert.Throws<ArgumentException>(() => reader.Read([1, 2, 3]));
        Assert.StartsWith("ModularGruReader: 3 numbers given; an input has 2.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>All states, and the modules of all steps, of one pass over the whole sequence.</summary>
    private static (float[] States, int[] Selections) Evaluate(ModularGru unit, int inputs, Action<ForwardPass> begin)
    {
        using var bench = new Workbench(Precision.Single);
        bench.Tape.Reset(recording: false);
        begin(bench.Pass);
        var sequence = Tensor.From(new Shape(Steps, inputs), Inputs(inputs));
        float[] states = unit.Forward(bench.Pass, sequence, Tensor.Allocate(new Shape(1, unit.Hidden))).Values.ToArray();
        int[] selections = new int[Steps * unit.Picks];
        bench.Pass.Trace.CopyComposition(row: 0, selections);
        return (states, selections);
    }

    private static float[] Inputs(int inputs) =>
        Array.ConvertAll(Numbers.Uniform(Key.Split("inputs"), Steps * inputs), value => (float)(2 * value));

    private static ModularGru Unit(
        int inputs, int hidden, int modules, int picks, SelectionRule rule, int families, bool ownGates = false)
    {
        var unit = Units.Linear(
            inputs, hidden, modules, picks, rule, Key, new ModuleFamilies(families), StateActivation.Tanh, ownGates: ownGates);
        Numbers.Randomize(unit.Parameters, Key, Precision.Single);
        return unit;
    }
}
