namespace ModularNetworks.Onnx;

/// <summary>All modules of a pool, for all rows.</summary>
/// <param name="picks">K, the number of modules.</param>
internal sealed class SameModules(int picks) : PickedModules(default, picks)
{
    /// <inheritdoc/>
    public override Value Run(Graph graph, ModuleOperators operators, Value input) => operators.Each(graph, input, modules: null);
}
