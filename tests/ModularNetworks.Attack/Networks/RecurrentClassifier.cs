using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>A modular unit and a softmax over classes; the classes are the keys.</summary>
internal sealed class RecurrentClassifier : RecurrentNetwork<Batch>, IKeyedNetwork<Batch>
{
    private readonly ModularGru _unit;
    private readonly SequenceLikelihood _output;

    public RecurrentClassifier(ModularGru unit, NetworkSizes sizes, RandomKey key)
    {
        _unit = unit;
        _output = new SequenceLikelihood("output", sizes.Hidden, NetworkSizes.Classes, key);
        Layout = new CompositionLayout(unit.Layout(sizes.Steps));
        Parameters = [.. unit.Parameters, .. _output.Parameters];
    }

    public override CompositionLayout Layout { get; }

    public override IReadOnlyList<Parameter> Parameters { get; }

    public int InputKeys => NetworkSizes.Classes;

    public IndexTensor KeysOf(Tape tape, Batch batch, int batchSize) => batch.Targets;

    public override Tensor LogLikelihood(ForwardPass pass, Batch batch) =>
        _output.LogLikelihood(pass, _unit.Forward(pass, batch.Inputs, batch.Initial, batch.Targets), batch.Targets);

    public override Tensor InitialStates(BatchRows rows, Batch batch) => batch.Initial;

    public override SelectionLogits SelectionLogits(BatchRows rows, Batch batch, int step, Tensor states) => _unit.Logits(
        rows.Tape, new ControllerInput(StepInputs(rows, batch, step), rows.ForCandidates(rows.OfStep(batch.Targets, step))), states);

    public override Tensor NextStates(BatchRows rows, Batch batch, int step, Tensor states, IndexTensor selection) =>
        _unit.NextStates(rows.Tape, StepInputs(rows, batch, step), states, selection);

    public override Tensor StepLogLikelihood(BatchRows rows, Batch batch, int step, Tensor states, IndexTensor selection) =>
        _output.LogLikelihood(rows, states, rows.OfStep(batch.Targets, step));

    private static Tensor StepInputs(BatchRows rows, Batch batch, int step) =>
        rows.ForCandidates(rows.Tape.Rows(batch.Inputs, step * rows.BatchSize, rows.BatchSize));
}
