using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Sequences of items, <c>[steps * batch]</c>, with their states before the first, <c>[batch, hidden]</c>.</summary>
internal sealed record SequenceBatch(IndexTensor Inputs, IndexTensor Targets, Tensor Initial);

/// <summary>
/// The sizes of a small recurrent network, whether its controller has a table of logits for every item, and whether every module
/// brings its gates.
/// </summary>
internal sealed record SequenceSizes(
    int Items, int Embedding, int Hidden, int Modules, int Picks, int Steps, bool HasTable = false, bool OwnGates = false);

/// <summary>A small language model: item vectors, the modular unit, a softmax over items, which are the keys.</summary>
internal class SequenceNetwork : RecurrentNetwork<SequenceBatch>, IKeyedNetwork<SequenceBatch>
{
    private static readonly RandomKey Key = RandomKey.FromSeed(4);

    public SequenceNetwork(SequenceSizes sizes, SelectionRule? rule = null, ModuleFamilies families = default)
        : this(sizes, LinearUnit(sizes, rule, families))
    {
    }

    public SequenceNetwork(SequenceSizes sizes, ModularGru unit)
    {
        Embedding = new Embedding("embedding", sizes.Items, sizes.Embedding, Key.Split("embedding"));
        Unit = unit;
        Output = new SequenceLikelihood("output", sizes.Hidden, sizes.Items, Key.Split("output"));
        Layout = new CompositionLayout(Unit.Layout(sizes.Steps));
        Parameters = [.. Embedding.Parameters, .. Unit.Parameters, .. Output.Parameters];
    }

    public Embedding Embedding { get; }

    public ModularGru Unit { get; }

    public SequenceLikelihood Output { get; }

    public override CompositionLayout Layout { get; }

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override IReadOnlyList<Parameter> ControllerParameters => Unit.Chooser.Parameters;

    public int InputKeys => Embedding.Weight.Shape[0];

    public IReadOnlyList<LinearController> Tables => Unit.Chooser is LinearController { Table: not null } controller ? [controller] : [];

    public IndexTensor KeysOf(Tape tape, SequenceBatch batch, int batchSize) => batch.Inputs;

    /// <summary>The same network with a unit that no fused kernel knows.</summary>
    public static SequenceNetwork Plain(SequenceSizes sizes, SelectionRule? rule = null, ModuleFamilies families = default) =>
        new(sizes, Units.Plain(LinearUnit(sizes, rule, families)));

    public static SequenceBatch Batch(RandomKey key, SequenceSizes sizes, int batch, Precision precision) => new(
        Items(key.Split("inputs"), sizes, batch),
        Items(key.Split("targets"), sizes, batch),
        Numbers.Uniform(key.Split("initial"), batch * sizes.Hidden).ToTensor(precision, batch, sizes.Hidden));

    /// <summary>The states after every item, <c>[steps * rows, hidden]</c>.</summary>
    public virtual Tensor States(ForwardPass pass, SequenceBatch batch) =>
        Unit.Forward(pass, Embedding.Forward(pass.Tape, batch.Inputs), batch.Initial, batch.Inputs);

    public override Tensor LogLikelihood(ForwardPass pass, SequenceBatch batch) =>
        Output.LogLikelihood(pass, States(pass, batch), batch.Targets);

    public override Tensor InitialStates(BatchRows rows, SequenceBatch batch) => batch.Initial;

    public override SelectionLogits SelectionLogits(BatchRows rows, SequenceBatch batch, int step, Tensor states) =>
        Unit.Logits(
            rows.Tape,
            new ControllerInput(StepInputs(rows, batch, step), rows.ForCandidates(rows.OfStep(batch.Inputs, step))),
            states);

    public override Tensor NextStates(
        BatchRows rows, SequenceBatch batch, int step, Tensor states, IndexTensor selection) =>
        Unit.NextStates(rows.Tape, StepInputs(rows, batch, step), states, selection);

    public override Tensor StepLogLikelihood(
        BatchRows rows, SequenceBatch batch, int step, Tensor states, IndexTensor selection) =>
        Output.LogLikelihood(rows, states, rows.OfStep(batch.Targets, step));

    private static ModularGru LinearUnit(SequenceSizes sizes, SelectionRule? rule, ModuleFamilies families) => Units.Linear(
        sizes.Embedding, sizes.Hidden, sizes.Modules, sizes.Picks, rule ?? new ModeSelection(), Key.Split("unit"), families, inputKeys: sizes.HasTable ? sizes.Items : 0, ownGates: sizes.OwnGates);

    private Tensor StepInputs(BatchRows rows, SequenceBatch batch, int step) =>
        rows.ForCandidates(Embedding.Forward(rows.Tape, rows.OfStep(batch.Inputs, step)));

    private static IndexTensor Items(RandomKey key, SequenceSizes sizes, int batch)
    {
        var items = IndexTensor.Allocate(new Shape(sizes.Steps * batch));
        for (int i = 0; i < items.Values.Length; i++)
            items.Values[i] = key.Below((ulong)i, sizes.Items);
        return items;
    }
}

/// <summary>
/// The same unit as a user would write it, step by step from a pool, a controller and elementary operations.
/// </summary>
internal sealed class UnrolledSequenceNetwork : SequenceNetwork
{
    public UnrolledSequenceNetwork(SequenceSizes sizes)
        : base(sizes)
    {
    }

    public UnrolledSequenceNetwork(SequenceSizes sizes, ModularGru unit)
        : base(sizes, unit)
    {
    }

    public override Tensor States(ForwardPass pass, SequenceBatch batch)
    {
        var tape = pass.Tape;
        var inputs = Embedding.Forward(tape, batch.Inputs);
        var state = pass.ForCandidates(batch.Initial);
        var states = new Tensor[inputs.Shape[0] / pass.BatchSize];
        for (int t = 0; t < states.Length; t++)
        {
            var input = pass.ForCandidates(tape.Rows(inputs, t * pass.BatchSize, pass.BatchSize));
            states[t] = state = Step(pass, input, state, pass.OfStep(batch.Inputs, t));
        }
        return tape.ConcatenateRows(states);
    }

    private Tensor Step(ForwardPass pass, Tensor input, Tensor state, IndexTensor items)
    {
        var tape = pass.Tape;
        var joined = tape.Concatenate(state, input);
        var gates = tape.Sigmoid(tape.MatrixProduct(joined, Unit.GateWeight!.Value));
        var reset = tape.Multiply(tape.Slice(gates, Unit.Hidden, Unit.Hidden), state);
        var modules = new ModularLayer("step", Unit.Pool, Unit.Chooser);
        var sum = modules.Forward(pass, new LayerInput(tape.Concatenate(reset, input), joined, InputKeys: items));
        var proposal = Unit.Activation == StateActivation.Tanh ? tape.Tanh(sum) : tape.Relu(sum);
        var change = tape.Multiply(tape.Slice(gates, 0, Unit.Hidden), tape.Subtract(proposal, state));
        return tape.Add(state, change);
    }
}
