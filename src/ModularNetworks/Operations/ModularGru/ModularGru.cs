using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The modular gated recurrent unit as a differentiable operation.</summary>
public static class ModularGruOperations
{
    /// <summary>
    /// All time steps of a modular gated recurrent unit (paper, appendix A) whose selections are known:
    /// <code>
    /// z, r = sigmoid(gateInputs + h x gateWeight)
    /// c    = f(proposalInputs + sum_k (r * h) x moduleWeight[selection k])
    /// h'   = (1 - z) * h + z * c
    /// </code>
    /// with f relu or tanh. Rows are time-major: row <c>t * batch + b</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="gateInputs"><c>[steps * batch, 2 hidden]</c>, the inputs' share of the gates z and r.</param>
    /// <param name="proposalInputs">
    /// <c>[steps * batch, hidden]</c>, the selected modules' share of the inputs and biases.
    /// </param>
    /// <param name="initial"><c>[batch, hidden]</c>, the states before the first step.</param>
    /// <param name="gateWeight">
    /// <c>[hidden + inputs, 2 hidden]</c>, or <c>[modules, hidden + inputs, 2 hidden]</c> where every module brings its gates; the first
    /// rows act on the states.
    /// </param>
    /// <param name="moduleWeight">
    /// <c>[modules, hidden + inputs, hidden]</c>, of which the first rows act on the reset states.
    /// </param>
    /// <param name="groups">The selected modules, <c>[steps * batch, K]</c>, sorted.</param>
    /// <param name="function">The activation of the proposed state.</param>
    /// <returns>The new states, <c>[steps * batch, hidden]</c>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit each other, or a selected module does not exist.</exception>
    /// <exception cref="InvalidOperationException">The selection was sorted on another tape, or before this one was reset.</exception>
    public static Tensor ModularGru(
        this Tape tape,
        Tensor gateInputs,
        Tensor proposalInputs,
        Tensor initial,
        Tensor gateWeight,
        Tensor moduleWeight,
        in RowGroups groups,
        StateActivation function = StateActivation.Relu) =>
        ModularGruOperation.Run(tape, gateInputs, proposalInputs, initial, gateWeight, moduleWeight, groups, function);
}

internal sealed class ModularGruOperation : Operation
{
    private Tensor _gateInputs = null!;
    private Tensor _proposalInputs = null!;
    private Tensor _initial = null!;
    private Tensor _gateWeight = null!;
    private Tensor _moduleWeight = null!;
    private RowGroups _groups;
    private StateActivation _function;
    private ModularGruStates _states;

    public static Shape OutputShape(
        Shape gateInputs, Shape proposalInputs, Shape initial, Shape gateWeight, Shape moduleWeight, Shape selection)
    {
        int batch = initial.Rows, hidden = initial.Last, rows = gateInputs.Rows, doubled = Sizes.Product("ModularGru", 2, hidden);
        bool fits = initial.Rank == 2 && hidden > 0 && gateInputs.Rank == 2 && gateInputs[1] == doubled
            && proposalInputs.Rank == 2 && proposalInputs[0] == rows && proposalInputs[1] == hidden && batch > 0 && rows % batch == 0
            && gateWeight.Rank is 2 or 3 && gateWeight[gateWeight.Rank - 2] >= hidden && gateWeight.Last == doubled
            && (gateWeight.Rank == 2 || (moduleWeight.Rank == 3 && gateWeight[0] == moduleWeight[0]))
            && moduleWeight.Rank == 3 && moduleWeight[1] >= hidden && moduleWeight[2] == hidden
            && selection.Rank == 2 && selection[0] == rows && selection[1] > 0;
        if (!fits)
        {
            throw new ShapeException(
                $"ModularGru: gateInputs {gateInputs}, proposalInputs {proposalInputs}, initial {initial}, gateWeight "
                + $"{gateWeight}, moduleWeight {moduleWeight}, selection {selection}; needed are [steps * batch, 2 hidden], "
                + "[steps * batch, hidden], [batch, hidden], [hidden + inputs, 2 hidden] or [modules, hidden + inputs, 2 hidden], "
                + "[modules, hidden + inputs, hidden] and [steps * batch, K].");
        }
        return proposalInputs;
    }

    public static Tensor Run(
        Tape tape,
        Tensor gateInputs,
        Tensor proposalInputs,
        Tensor initial,
        Tensor gateWeight,
        Tensor moduleWeight,
        in RowGroups groups,
        StateActivation function)
    {
        groups.Require("ModularGru", tape, moduleWeight.Shape.Rank == 0 ? 0 : moduleWeight.Shape[0]);
        var shape = OutputShape(
            gateInputs.Shape, proposalInputs.Shape, initial.Shape, gateWeight.Shape, moduleWeight.Shape, groups.Picked.Shape);
        var output = tape.Rent(shape);
        var states = new ModularGruStates(output, tape.Rent(gateInputs.Shape), tape.Rent(shape));
        var input = InputOf(gateInputs, initial, gateWeight, moduleWeight, function);
        tape.Kernels.ModularGru(input, groups.Picked, proposalInputs, states);
        if (tape.IsRecording)
        {
            var operation = tape.Record<ModularGruOperation>(output);
            (operation._gateInputs, operation._proposalInputs, operation._initial) = (gateInputs, proposalInputs, initial);
            (operation._gateWeight, operation._moduleWeight) = (gateWeight, moduleWeight);
            (operation._groups, operation._states) = (groups, states);
            operation._function = function;
        }
        return output;
    }

    protected internal override void Backward(Tape tape)
    {
        var input = InputOf(_gateInputs, _initial, _gateWeight, _moduleWeight, _function);
        var gradients = new ModularGruGradients(
            tape.Rent(_gateInputs.Shape), tape.Rent(Output.Shape), tape.Rent(Output.Shape), tape.Rent(_initial.Shape));
        tape.Kernels.ModularGruGradients(input, _groups.Picked, _states, Output.Gradient!, gradients);
        GradientSum.AddIfTracked(tape, _gateInputs, gradients.Gates);
        GradientSum.AddIfTracked(tape, _proposalInputs, gradients.ProposedStates);
        GradientSum.AddIfTracked(tape, _initial, gradients.Initial);
        if (_gateWeight.TracksGradient)
            AddGateWeightGradient(tape, input, gradients);
        if (_moduleWeight.TracksGradient)
        {
            var target = input.ModuleWeight.In(tape.GradientOf(_moduleWeight));
            AddGroupedGradient(tape, gradients.ResetStates, gradients.ProposedStates, target);
        }
    }

    private static ModularGruInput InputOf(
        Tensor gateInputs, Tensor initial, Tensor gateWeight, Tensor moduleWeight, StateActivation function)
    {
        int hidden = initial.Shape[1];
        return new ModularGruInput(
            gateInputs,
            initial,
            GruGateWeight.Of(gateWeight, hidden),
            new MatrixStack(moduleWeight, 0, hidden),
            function);
    }

    private void AddGateWeightGradient(Tape tape, in ModularGruInput input, in ModularGruGradients gradients)
    {
        if (input.GateWeight.IsShared)
        {
            StateProducts.AddWeightGradient(tape, _initial, Output, gradients.Gates, _gateWeight);
            return;
        }
        var before = StateProducts.StatesBefore(tape, _initial, Output);
        AddGroupedGradient(tape, before, gradients.Gates, input.GateWeight.OfModules.In(tape.GradientOf(_gateWeight, _groups)));
    }

    /// <summary>Passes a gradient by sums over picks to the weights of the picked modules.</summary>
    private void AddGroupedGradient(Tape tape, Tensor read, Tensor bySums, MatrixStack target)
    {
        // All K picks of a row add to the same sum, so that each gets the row's gradient.
        var byPicks = _groups.PicksPerRow == 1 ? bySums : tape.Gather(bySums, RowOfPicks(tape));
        tape.Kernels.GroupedProductWeightGradient(_groups, Matrix.Of(read), Matrix.Of(byPicks), target, biasGradient: null);
    }

    private IndexTensor RowOfPicks(Tape tape)
    {
        var rows = tape.RentIndices(new Shape(Output.Shape[0] * _groups.PicksPerRow));
        for (int pick = 0; pick < rows.Values.Length; pick++)
            rows.Values[pick] = pick / _groups.PicksPerRow;
        return rows;
    }
}
