namespace ModularNetworks.Onnx;

/// <summary>The modules of a single row: their weights are gathered.</summary>
/// <param name="modules">The numbers of the modules, <c>[1, K]</c>.</param>
/// <param name="picks">K.</param>
/// <param name="shares">What the outputs of the modules are multiplied by, <c>[rows, K]</c>; null for 1.</param>
internal sealed class ModulesOfOneRow(Value modules, int picks, Value? shares) : PickedModules(modules, picks, shares)
{
    /// <inheritdoc/>
    public override Value Run(Graph graph, ModuleOperators operators, Value input) =>
        operators.Each(graph, input, graph.Reshape(Modules, Picks));
}
