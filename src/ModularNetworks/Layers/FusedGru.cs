using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A <see cref="ModularGru"/> of linear modules with a linear controller, a noisy gate or a fixed choice: one kernel runs
/// all time steps, and what does not depend on the states is computed for all steps at once.
/// </summary>
internal sealed class FusedGru(ModularGru unit, LinearModules modules, GateModules? gates) : GruPath
{
    /// <summary>Checks the sizes of the parts, on which the kernels rely.</summary>
    /// <exception cref="ArgumentException">A part reads or gives another number of values than the unit needs.</exception>
    public static FusedGru Of(ModularGru unit, LinearModules modules)
    {
        var gates = (GateModules?)unit.Gates;
        int joined = unit.Hidden + unit.Inputs;
        if (gates is not null)
            Require(unit, "gates", gates.Weight.Shape, new Shape(modules.Modules, joined, 2 * unit.Hidden));
        Require(unit, "modules", modules.Weight.Shape, new Shape(modules.Modules, joined, unit.Hidden));
        if (unit.Chooser is LinearController controller)
            Require(unit, "controller", controller.Weight.Shape, new Shape(joined, controller.Picks * controller.Modules));
        if (unit.Chooser is NoisyGate gate)
            Require(unit, "noisy gate", gate.Weight.Shape, new Shape(joined, 2 * gate.Modules));
        return new FusedGru(unit, modules, gates);
    }

    public override Tensor States(Tape tape, in GruSequences sequences, IndexTensor selection)
    {
        var groups = RowGroups.Sort(tape, selection, modules.Modules);
        var weight = modules.Weights(tape);
        var proposalInputs = SumPicks(tape, sequences.Inputs, groups, weight, modules.Bias.Value);
        var gateWeight = GateWeight(tape);
        var gateInputs = sequences.GateInputs ?? SumPicks(tape, sequences.Inputs, groups, gateWeight, bias: null);
        return tape.ModularGru(gateInputs, proposalInputs, sequences.Initial, gateWeight, weight, groups, unit.Activation);
    }

    public override SelectionLogits Logits(Tape tape, ControllerInput inputs, Tensor states)
    {
        var controller = (LinearController)unit.Chooser;
        var fromStates = tape.MatrixProduct(states, tape.Rows(controller.Weight.Value, 0, unit.Hidden));
        var fromInputs = ProductWithInputRows(tape, inputs.Values, controller.Weight);
        var linear = tape.AddBias(tape.Add(fromStates, fromInputs), controller.Bias.Value);
        var logits = controller.AddTable(tape, linear, inputs.InputKeys);
        return tape.Reshape(logits, new Shape(logits.Shape[0], unit.Picks, modules.Modules));
    }

    public override GruChoice Choose(ForwardPass pass, in GruSequences sequences, IndexTensor? first, RandomKey? key)
    {
        var tape = pass.Tape;
        var controller = (LinearController)unit.Chooser;
        int rows = Sizes.Product(unit.Name, sequences.Inputs.Shape[0], pass.Candidates);
        var chosen = new GruChoice(
            tape.Rent(new Shape(rows, unit.Hidden)),
            tape.RentIndices(new Shape(rows, unit.Picks)),
            tape.Rent(new Shape(pass.Rows)));
        Tensor weight = modules.Weights(tape), gateWeight = GateWeight(tape);
        var controllerInputs = controller.AddTable(
            tape,
            tape.AddBias(ProductWithInputRows(tape, sequences.Inputs, controller.Weight), controller.Bias.Value),
            sequences.InputKeys);
        var input = new ModularGruInput(
            sequences.GateInputs, sequences.Initial, GruGateWeight.Of(gateWeight, unit.Hidden),
            new MatrixStack(weight, 0, unit.Hidden), unit.Activation);
        var rollout = new ModularGruRollout(
            sequences.Inputs,
            new MatrixStack(weight, unit.Hidden, sequences.Inputs.Shape.Last),
            gates is null ? null : new MatrixStack(gateWeight, unit.Hidden, sequences.Inputs.Shape.Last),
            modules.Bias.Value,
            controllerInputs,
            Matrix.Of(controller.Weight.Value).RowRange(0, unit.Hidden),
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
            new ModularGruMixtureInputs(sequences.Inputs, sequences.GateInputs!, gatingInputs),
            sequences.Initial,
            new ModularGruMixtureWeights(
                unit.GateWeight!.Value, gate.Weight.Value, modules.Weights(tape), modules.Bias.Value, unit.Activation),
            noise,
            mixture.PicksOf(gate));
        if (mixture.IsBalanced)
        {
            // The same logits once more, from the states: the fused operation gives no gradient to its own.
            var before = StateProducts.StatesBefore(tape, sequences.Initial, mixed.Hidden);
            var fromStates = tape.MatrixProduct(before, tape.Rows(gate.Weight.Value, 0, unit.Hidden));
            mixture.Balance(pass, NoisyLogits.Of(tape, tape.Add(fromStates, gatingInputs), noise), mixed.Selection);
        }
        MixtureSelection.Note(pass, gate, mixed.Selection, mixed.Shares, rows / pass.BatchSize);
        return mixed.Hidden;
    }

    public override GruReading StartReading(Kernels kernels) => new FusedGruReading(unit, modules, gates, kernels);

    private static void Require(ModularGru unit, string part, Shape weight, Shape needed)
    {
        if (weight != needed)
        {
            throw new ArgumentException(
                $"ModularGru {unit.Name}: the weights of the {part} have shape {weight}; {needed} is needed, since the {part} read "
                + $"a state of {unit.Hidden} and an input of {Counted.Of(unit.Inputs, "number")}, and modules give a state.");
        }
    }

    /// <summary>The inputs' share of a product with [h, x].</summary>
    private Tensor ProductWithInputRows(Tape tape, Tensor inputs, Parameter weight) =>
        tape.MatrixProduct(inputs, tape.Rows(weight.Value, unit.Hidden, inputs.Shape.Last));

    /// <summary>The gates' weight: shared, or of all modules.</summary>
    private Tensor GateWeight(Tape tape) => gates is null ? unit.GateWeight!.Value : gates.Weights(tape);

    /// <summary>The picked modules' share of the inputs, and their biases, added up: <c>[rows, outputs]</c>.</summary>
    private Tensor SumPicks(Tape tape, Tensor inputs, RowGroups groups, Tensor weight, Tensor? bias)
    {
        var perPick = tape.GroupedLinear(inputs, groups, weight, bias, firstInput: unit.Hidden);
        return unit.Picks == 1 ? tape.Reshape(perPick, new Shape(inputs.Shape[0], weight.Shape.Last)) : tape.SumAxis(perPick, 1);
    }
}
