using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A <see cref="ModularGru"/> of linear modules with a linear controller, a noisy gate or a fixed choice: one kernel runs
/// all time steps, and what does not depend on the states is computed for all steps at once.
/// </summary>
internal sealed class FusedGru(ModularGru unit, LinearModules modules) : GruPath
{
    public override Tensor States(Tape tape, in GruSequences sequences, IndexTensor selection)
    {
        var groups = RowGroups.Sort(tape, selection, modules.Modules);
        var weight = modules.Weights(tape);
        var perPick = tape.GroupedLinear(sequences.Inputs, groups, weight, modules.Bias.Value, firstInput: unit.Hidden);
        var proposalInputs = unit.Picks == 1
            ? tape.Reshape(perPick, new Shape(sequences.Inputs.Shape[0], unit.Hidden))
            : tape.SumAxis(perPick, 1);
        return tape.ModularGru(
            sequences.GateInputs, proposalInputs, sequences.Initial, unit.GateWeight.Value, weight, selection, groups, unit.Activation);
    }

    public override SelectionLogits Logits(Tape tape, Tensor inputs, Tensor states)
    {
        var controller = (LinearController)unit.Chooser;
        var fromStates = tape.MatrixProduct(states, tape.Rows(controller.Weight.Value, 0, unit.Hidden));
        var fromInputs = ProductWithInputRows(tape, inputs, controller.Weight);
        var logits = tape.AddBias(tape.Add(fromStates, fromInputs), controller.Bias.Value);
        return tape.Reshape(logits, new Shape(inputs.Shape[0], unit.Picks, modules.Modules));
    }

    public override GruChoice Choose(ForwardPass pass, in GruSequences sequences, IndexTensor? first, RandomKey? key)
    {
        var tape = pass.Tape;
        var controller = (LinearController)unit.Chooser;
        int rows = sequences.Inputs.Shape[0] * pass.Candidates;
        var chosen = new GruChoice(
            tape.Rent(new Shape(rows, unit.Hidden)),
            tape.RentIndices(new Shape(rows, unit.Picks)),
            tape.Rent(new Shape(pass.Rows)));
        var weight = modules.Weights(tape);
        var controllerInputs = tape.AddBias(
            ProductWithInputRows(tape, sequences.Inputs, controller.Weight), controller.Bias.Value);
        var input = new ModularGruInput(
            sequences.GateInputs, sequences.Initial, StateRows(unit.GateWeight), new MatrixStack(weight, 0, unit.Hidden),
            unit.Activation);
        var rollout = new ModularGruRollout(
            sequences.Inputs,
            new MatrixStack(weight, unit.Hidden, sequences.Inputs.Shape.Last),
            modules.Bias.Value,
            controllerInputs,
            StateRows(controller.Weight),
            unit.Picks,
            pass.Candidates,
            first,
            key);
        tape.Kernels.ModularGruRollout(input, rollout, chosen.Hidden, chosen.Selection, chosen.LogProbability);
        return chosen;
    }

    public override Tensor Mix(ForwardPass pass, in GruSequences sequences, NoisyGate gate, MixtureSelection mixture)
    {
        var tape = pass.Tape;
        int rows = sequences.Inputs.Shape[0];
        var gatingInputs = ProductWithInputRows(tape, sequences.Inputs, gate.Weight);
        var noise = mixture.Noise(pass, rows, modules.Modules);
        var mixed = tape.ModularGruMixture(
            new ModularGruMixtureInputs(sequences.Inputs, sequences.GateInputs, gatingInputs),
            sequences.Initial,
            new ModularGruMixtureWeights(
                unit.GateWeight.Value, gate.Weight.Value, modules.Weights(tape), modules.Bias.Value, unit.Activation),
            noise,
            mixture.PicksOf(gate));
        if (mixture.IsBalanced)
        {
            // The same logits once more, from the states: the fused operation gives no gradient to its own.
            var before = GruSequences.StatesBefore(tape, sequences.Initial, mixed.Hidden);
            var fromStates = tape.MatrixProduct(before, tape.Rows(gate.Weight.Value, 0, unit.Hidden));
            mixture.Balance(pass, NoisyLogits.Of(tape, tape.Add(fromStates, gatingInputs), noise), mixed.Selection);
        }
        MixtureSelection.Note(pass, gate, mixed.Selection, mixed.Shares, rows / pass.BatchSize);
        return mixed.Hidden;
    }

    public override GruReading StartReading(Kernels kernels) => new FusedGruReading(unit, modules, kernels);

    /// <summary>The inputs' share of a product with [h, x].</summary>
    private Tensor ProductWithInputRows(Tape tape, Tensor inputs, Parameter weight) =>
        tape.MatrixProduct(inputs, tape.Rows(weight.Value, unit.Hidden, inputs.Shape.Last));

    private Matrix StateRows(Parameter weight) => Matrix.Of(weight.Value).RowRange(0, unit.Hidden);
}
