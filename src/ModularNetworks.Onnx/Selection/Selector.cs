namespace ModularNetworks.Onnx;

/// <summary>Selects the modules of layers as a rule of evaluation does.</summary>
/// <param name="graph">Receives the nodes.</param>
/// <param name="rule">The rule; null for the most probable modules, or all modules of a network that selects none.</param>
/// <param name="isOneRow">Whether each layer has one row.</param>
internal sealed class Selector(Graph graph, SelectionRule? rule, bool isOneRow)
{
    /// <summary>Receives the nodes.</summary>
    public Graph Graph => graph;

    /// <summary>Selects the modules of a layer.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="place">The layer's place among those that select modules, from 0.</param>
    /// <param name="chooser">Chooses.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <param name="keys"><c>[rows]</c>, what the inputs show; null if they show nothing.</param>
    /// <exception cref="ArgumentException">The chooser or the rule cannot be written.</exception>
    public PickedModules Pick(string name, int place, Chooser chooser, Value input, Value? keys)
    {
        if (ChooserOperators.IsAlwaysAll(chooser))
            return new SameModules(chooser.Picks);
        return Of(chooser is FixedChoice
            ? ChooserOperators.Assigned(graph, $"{name}.assignment", AssignmentOf(name, place), keys)
            : ChooserOperators.Select(graph, chooser, input, keys), chooser.Picks);
    }

    /// <summary>The modules of a layer, if they are known.</summary>
    /// <param name="modules"><c>[rows, K]</c>.</param>
    /// <param name="picks">K.</param>
    public PickedModules Of(Value modules, int picks) => isOneRow ? new ModulesOfOneRow(modules, picks) : new ModulesOfRows(modules, picks);

    private ModuleAssignment AssignmentOf(string name, int place) => rule is AssignedSelection assigned
        ? assigned.AssignmentOf(place)
        : throw new ArgumentException($"OnnxExport: the modules of layer {name} are assigned to the inputs. Give the AssignedSelection of the training as the rule.");
}
