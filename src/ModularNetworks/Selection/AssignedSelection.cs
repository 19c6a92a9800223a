using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Every layer uses the modules that are assigned to the token, cluster or task that its input shows; no controller is asked.
/// The rule of hash layers (Roller et al. 2021) and of experts for clusters (Gururangan et al. 2023), and of compositions that
/// begin as a function of the input.
/// </summary>
/// <param name="assignments">One for each layer, in the order in which they run; a single one holds for all layers.</param>
public sealed class AssignedSelection(params IReadOnlyList<ModuleAssignment> assignments) : SelectionRule
{
    /// <inheritdoc/>
    public override Chooser CreateChooser(int picks, Func<Controller> controller, Func<NoisyGate> gate)
    {
        ArgumentNullException.ThrowIfNull(controller);
        var replaced = controller();
        return new FixedChoice(replaced.Modules, picks, replaced.Families);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The layer's input keys are not told, or not all assigned.</exception>
    public override Tensor Run(ForwardPass pass, IModularLayer layer, LayerInput input)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(layer);
        var assignment = AssignmentOf(pass.Trace.Layers);
        if (assignment.Modules != layer.Modules || assignment.Picks != layer.Picks)
        {
            throw new ArgumentException(
                $"AssignedSelection: {assignment.Picks} of {assignment.Modules} modules are assigned; layer {pass.Trace.Layers} uses "
                + $"{layer.Picks} of {layer.Modules}.");
        }
        var selection = Look(pass.Tape, assignment, input.InputKeys ?? throw new ArgumentException(
            "AssignedSelection: the network does not tell the input keys of its layers. Give them to the layers' Forward."));
        if (pass.Observer is not null)
            pass.Trace.AddLogits(CertainLogits(pass.Tape, selection, layer.Modules), input.Steps);
        return layer.RunFixed(pass, input, selection);
    }

    /// <summary>The assignment of a layer.</summary>
    /// <param name="layer">The layer's place among those that select modules, from 0.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ModuleAssignment AssignmentOf(int layer)
    {
        int place = assignments.Count == 1 ? 0 : layer;
        return (uint)place < (uint)assignments.Count ? assignments[place] : throw new ArgumentException(
            $"AssignedSelection: there are assignments for {Counted.Of(assignments.Count, "layer")}, but layer {layer} runs too. Give one for each, or one for all.");
    }

    private static IndexTensor Look(Tape tape, ModuleAssignment assignment, IndexTensor inputKeys)
    {
        var selection = tape.RentIndices(new Shape(inputKeys.Shape.Count, assignment.Picks));
        var keys = inputKeys.Values;
        for (int row = 0; row < keys.Length; row++)
        {
            if ((uint)keys[row] >= (uint)assignment.InputKeys)
                throw new ArgumentException($"AssignedSelection: row {row} shows input key {keys[row]}; keys 0 to {assignment.InputKeys - 1} are assigned.");
            assignment.Of(keys[row]).CopyTo(selection.Values[(row * assignment.Picks)..]);
        }
        return selection;
    }

    /// <summary>Logits that leave no doubt, for observers: 0 for a selected module, minus infinity for the others.</summary>
    private static Tensor CertainLogits(Tape tape, IndexTensor selection, int modules)
    {
        var logits = tape.Rent(new Shape(selection.Shape[0], selection.Shape[1], modules));
        tape.Kernels.Fill(logits, double.NegativeInfinity);
        for (int choice = 0; choice < selection.Values.Length; choice++)
            logits[(choice * modules) + selection.Values[choice]] = 0;
        return logits;
    }
}
