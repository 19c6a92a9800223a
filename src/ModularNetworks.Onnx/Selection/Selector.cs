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
        if (chooser is NoisyGate != rule is MixtureSelection)
            throw new ArgumentException($"OnnxExport: a noisy gate mixes modules by a MixtureSelection, and nothing else does; in layer {name} only one of the two is there. Give the rule of the training.");
        if (rule is MixtureSelection { Shares: MixtureShares.OfAll })
            throw new ArgumentException($"OnnxExport: layer {name} mixes modules by their shares of all; only shares of the mixed modules can be written.");
        if (chooser is NoisyGate gate)
            return Mix(gate, PicksOf(rule, name, chooser), input);
        return Of(chooser is FixedChoice
            ? ChooserOperators.Assigned(graph, $"{name}.assignment", AssignmentOf(name, place), keys)
            : ChooserOperators.Select(graph, chooser, input, keys), chooser.Picks);
    }

    /// <summary>The number of modules that run at once: K, or as many as a rule mixes.</summary>
    /// <param name="rule">The rule; null for the most probable modules.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="chooser">Chooses.</param>
    public static int PicksOf(SelectionRule? rule, string name, Chooser chooser) =>
        (rule ?? new ModeSelection()).LayoutOf(new CompositionLayout(new LayerLayout(name, chooser.Modules, chooser.Picks))).Layers[0].Picks;

    /// <summary>The modules of a layer, if they are known.</summary>
    /// <param name="modules"><c>[rows, K]</c>.</param>
    /// <param name="picks">K.</param>
    /// <param name="shares">What the outputs of the modules are multiplied by, <c>[rows, K]</c>; null for 1.</param>
    public PickedModules Of(Value modules, int picks, Value? shares = null) =>
        isOneRow ? new ModulesOfOneRow(modules, picks, shares) : new ModulesOfRows(modules, picks, shares);

    private PickedModules Mix(NoisyGate gate, int picks, Value input)
    {
        var (modules, shares) = ChooserOperators.Mix(graph, gate, picks, input);
        return Of(modules, picks, shares);
    }

    private ModuleAssignment AssignmentOf(string name, int place) => rule is AssignedSelection assigned
        ? assigned.AssignmentOf(place)
        : throw new ArgumentException($"OnnxExport: the modules of layer {name} are assigned to the inputs. Give the AssignedSelection of the training as the rule.");
}
