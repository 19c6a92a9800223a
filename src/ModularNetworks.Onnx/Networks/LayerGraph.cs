using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>A network of modular layers one after the other in a graph.</summary>
/// <param name="layers">The layers that select modules.</param>
/// <param name="following">A last layer that uses the modules of the first; null if there is none.</param>
/// <param name="outputs">The size of the output.</param>
/// <param name="rule">How modules are selected; null for the most probable ones.</param>
internal sealed class LayerGraph(IReadOnlyList<ModularLayer> layers, FollowingLayer? following, int outputs, SelectionRule? rule)
{
    /// <summary>The size of the output.</summary>
    public int Outputs => outputs;

    /// <summary>Whether controllers ask for the token, cluster or task that an input shows.</summary>
    public bool AsksForKeys => layers.Any(layer => ChooserOperators.AsksForKeys(layer.Chooser));

    /// <summary>Whether modules are mixed, each with its share.</summary>
    public bool Mixes => rule is MixtureSelection;

    /// <summary>The layers that select modules by the input; those that always use all modules are not among them.</summary>
    public IReadOnlyList<ModularLayer> Selecting => [.. layers.Where(layer => !ChooserOperators.IsAlwaysAll(layer.Chooser))];

    /// <summary>The number of modules that a layer runs at once.</summary>
    public int PicksOf(ModularLayer layer) => Selector.PicksOf(rule, layer.Layout.Name, layer.Chooser);

    /// <summary>Runs the network.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <param name="keys"><c>[rows]</c>, what the inputs show; null if they show nothing.</param>
    /// <returns>
    /// The output, <c>[rows, outputs]</c>; the modules of each layer that selects some, <c>[rows, K]</c>; and, where they are mixed, their shares of each
    /// such layer, <c>[rows, K]</c>.
    /// </returns>
    public IReadOnlyList<Value> Run(Graph graph, Value input, Value? keys)
    {
        if (Selecting.Count == 0)
            return Run(new Selector(graph, rule, isOneRow: false), input, keys);
        Made[] made =
        [
            new(DataType.Float, Size.Any, outputs),
            .. Selecting.Select(layer => new Made(DataType.Int64, Size.Any, PicksOf(layer))),
            .. Mixes ? Selecting.Select(layer => new Made(DataType.Float, Size.Any, PicksOf(layer))) : [],
        ];
        return Branches.OneRowOrMore(graph, input, made, (inner, isOneRow) => Run(new Selector(inner, rule, isOneRow), input, keys));
    }

    private List<Value> Run(Selector selector, Value input, Value? keys)
    {
        var selected = new List<PickedModules>();
        PickedModules? first = null;
        foreach (var layer in layers)
        {
            var picked = selector.Pick(layer.Layout.Name, selected.Count, layer.Chooser, input, keys);
            first ??= picked;
            if (Selecting.Contains(layer))
                selected.Add(picked);
            input = picked.Combine(selector.Graph, layer.Pool, layer.Combination, input);
        }
        if (following is not null)
            input = first!.Combine(selector.Graph, following.Pool, following.Combination, input);
        return [input, .. selected.Select(picked => picked.Modules), .. selected.Select(picked => picked.Shares).OfType<Value>()];
    }
}
