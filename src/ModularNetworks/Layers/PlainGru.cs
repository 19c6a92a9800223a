using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A <see cref="ModularGru"/> of any modules and any chooser, step by step from elementary operations: the definition of the
/// unit, and the way for parts that have no fused kernel.
/// </summary>
internal sealed class PlainGru(ModularGru unit) : GruPath
{
    public override Tensor States(Tape tape, in GruSequences sequences, IndexTensor selection)
    {
        int rows = sequences.Initial.Shape[0], steps = sequences.Inputs.Shape[0] / rows;
        var states = StepTensors.Rent(steps);
        var state = sequences.Initial;
        for (int t = 0; t < steps; t++)
        {
            var modules = RowsOf(tape, selection, t * rows, rows);
            states[t] = state = NextState(tape, StepOf(tape, sequences, t), state, modules, shares: null);
        }
        return states.Join(tape);
    }

    public override SelectionLogits Logits(Tape tape, ControllerInput inputs, Tensor states) =>
        ((Controller)unit.Chooser).Logits(tape, new ControllerInput(tape.Concatenate(states, inputs.Values), inputs.InputKeys));

    public override GruChoice Choose(ForwardPass pass, in GruSequences sequences, IndexTensor? first, RandomKey? key)
    {
        var tape = pass.Tape;
        int steps = sequences.Inputs.Shape[0] / pass.BatchSize;
        var rows = sequences.ForCandidates(pass, steps);
        var selection = tape.RentIndices(new Shape(Sizes.Product(unit.Name, steps, pass.Rows), unit.Picks));
        var states = StepTensors.Rent(steps);
        var state = rows.Initial;
        Tensor? logProbability = null;
        for (int t = 0; t < steps; t++)
        {
            var step = StepOf(tape, rows, t);
            var distributions = Logits(tape, new ControllerInput(step.Inputs, step.InputKeys), state);
            var modules = ChooseStep(pass, distributions, first, t, key);
            modules.Values.CopyTo(selection.Values[(t * modules.Values.Length)..]);
            var ofStep = tape.SumLast(distributions.LogProbability(tape, modules));
            logProbability = logProbability is null ? ofStep : tape.Add(logProbability, ofStep);
            states[t] = state = NextState(tape, step, state, modules, shares: null);
        }
        return new GruChoice(states.Join(tape), selection, logProbability!);
    }

    public override Tensor Mix(ForwardPass pass, in GruSequences sequences, NoisyGate gate, MixtureSelection mixture)
    {
        var tape = pass.Tape;
        int batch = pass.BatchSize, rows = sequences.Inputs.Shape[0], picks = mixture.PicksOf(gate);
        var noise = mixture.Noise(pass, rows, gate.Modules);
        int steps = rows / batch;
        StepTensors states = StepTensors.Rent(steps), shares = StepTensors.Rent(steps);
        var selection = tape.RentIndices(new Shape(rows, picks));
        var state = sequences.Initial;
        for (int t = 0; t < steps; t++)
        {
            var step = StepOf(tape, sequences, t);
            var logits = NoisyLogits.Of(
                tape, Gating(tape, gate, step.Inputs, state), noise is null ? null : tape.Rows(noise, t * batch, batch));
            var modules = tape.TopK(logits.Noisy, picks);
            shares[t] = logits.Shares(tape, modules);
            modules.Values.CopyTo(selection.Values[(t * batch * picks)..]);
            states[t] = state = NextState(tape, step, state, modules, shares[t]);
        }
        var hidden = states.Join(tape);
        if (mixture.IsBalanced)
        {
            var gating = Gating(tape, gate, sequences.Inputs, StateProducts.StatesBefore(tape, sequences.Initial, hidden));
            mixture.Balance(pass, NoisyLogits.Of(tape, gating, noise), selection);
        }
        MixtureSelection.Note(pass, gate, selection, shares.Join(tape), steps);
        return hidden;
    }

    public override GruReading StartReading(Kernels kernels) => new PlainGruReading(unit, kernels);

    /// <summary>One time step of all sequences.</summary>
    private static GruSequences StepOf(Tape tape, in GruSequences sequences, int t)
    {
        int rows = sequences.Initial.Shape[0];
        return new GruSequences(
            tape.Rows(sequences.Inputs, t * rows, rows),
            sequences.Initial,
            sequences.GateInputs is null ? null : tape.Rows(sequences.GateInputs, t * rows, rows),
            sequences.InputKeys is null ? null : RowsOf(tape, sequences.InputKeys, t * rows, rows));
    }

    private static Tensor Gating(Tape tape, NoisyGate gate, Tensor inputs, Tensor states) =>
        tape.MatrixProduct(tape.Concatenate(states, inputs), gate.Weight.Value);

    /// <summary>Samples or takes the mode; candidate 0 keeps what is known of it.</summary>
    private static IndexTensor ChooseStep(
        ForwardPass pass, SelectionLogits distributions, IndexTensor? first, int t, RandomKey? key)
    {
        var modules = key is { } draw
            ? distributions.Sample(pass.Tape, draw.Split((ulong)t))
            : distributions.MostProbable(pass.Tape);
        if (first is not null)
        {
            int count = pass.BatchSize * first.Shape[1];
            first.Values.Slice(t * count, count).CopyTo(modules.Values);
        }
        return modules;
    }

    /// <summary>h' = h + z * (c - h).</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="step">The inputs of one step.</param>
    /// <param name="state">h, <c>[rows, hidden]</c>.</param>
    /// <param name="modules"><c>[rows, picks]</c>.</param>
    /// <param name="shares"><c>[rows, picks]</c>, what the modules' outputs are multiplied by; null for 1.</param>
    private Tensor NextState(Tape tape, in GruSequences step, Tensor state, IndexTensor modules, Tensor? shares)
    {
        var gates = tape.Sigmoid(GateSums(tape, step, state, modules, shares));
        var reset = tape.Multiply(tape.Slice(gates, unit.Hidden, unit.Hidden), state);
        var outputs = unit.Pool.Forward(tape, tape.Concatenate(reset, step.Inputs), modules);
        var proposal = Propose(tape, SumPicks(tape, outputs, shares));
        return tape.Add(state, tape.Multiply(tape.Slice(gates, 0, unit.Hidden), tape.Subtract(proposal, state)));
    }

    /// <summary>The gates z and r before the sigmoid.</summary>
    private Tensor GateSums(Tape tape, in GruSequences step, Tensor state, IndexTensor modules, Tensor? shares) =>
        unit.Gates is { } pool
            ? SumPicks(tape, pool.Forward(tape, tape.Concatenate(state, step.Inputs), modules), shares)
            : tape.Add(step.GateInputs!, tape.MatrixProduct(state, tape.Rows(unit.GateWeight!.Value, 0, unit.Hidden)));

    private static Tensor SumPicks(Tape tape, Tensor outputs, Tensor? shares) =>
        tape.SumAxis(shares is null ? outputs : tape.ScaleRows(outputs, shares), 1);

    private Tensor Propose(Tape tape, Tensor sum) =>
        unit.Activation == StateActivation.Tanh ? tape.Tanh(sum) : tape.Relu(sum);

    private static IndexTensor RowsOf(Tape tape, IndexTensor selection, int start, int rows)
    {
        int perRow = selection.Shape.Rank == 1 ? 1 : selection.Shape[1];
        var part = tape.RentIndices(selection.Shape.Rank == 1 ? new Shape(rows) : new Shape(rows, perRow));
        selection.Values.Slice(start * perRow, rows * perRow).CopyTo(part.Values);
        return part;
    }
}
