namespace ModularNetworks.Onnx;

/// <summary>The modules that a layer uses for each row of a batch, and the way to run them, and no others.</summary>
/// <param name="modules">The numbers of the modules, <c>[rows, K]</c>.</param>
/// <param name="picks">K.</param>
/// <param name="shares">What the outputs of the modules are multiplied by, <c>[rows, K]</c>; null for 1.</param>
internal abstract class PickedModules(Value modules, int picks, Value? shares = null)
{
    /// <summary>The numbers of the modules, <c>[rows, K]</c>.</summary>
    public Value Modules => modules;

    /// <summary>K.</summary>
    public int Picks => picks;

    /// <summary>What the outputs of the modules are multiplied by, <c>[rows, K]</c>, with the sum 1; null if they are selected and not mixed.</summary>
    public Value? Shares => shares;

    /// <summary>Runs the modules.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="operators">The modules of a pool.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <returns><c>[rows * K, outputs]</c>, the K of a row one after the other.</returns>
    public abstract Value Run(Graph graph, ModuleOperators operators, Value input);

    /// <summary>Runs the modules and makes one output of those of K.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="pool">The modules.</param>
    /// <param name="combination">How the outputs become one.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <returns><c>[rows, outputs]</c> for a sum, <c>[rows, K * outputs]</c> for a concatenation.</returns>
    public Value Combine(Graph graph, ModulePool pool, Combination combination, Value input)
    {
        var operators = ModuleOperators.Of(graph, pool);
        var outputs = Run(graph, operators, input);
        if (Picks == 1)
            return outputs;
        if (Shares is { } mixed)
            outputs = graph.Add("Mul", [outputs, graph.Reshape(mixed, -1, 1)]);
        return combination == Combination.Sum
            ? graph.Sum(graph.Reshape(outputs, -1, Picks, operators.Outputs), axis: 1)
            : graph.Reshape(outputs, -1, (long)Picks * operators.Outputs);
    }
}
