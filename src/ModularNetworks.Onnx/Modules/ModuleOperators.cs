namespace ModularNetworks.Onnx;

/// <summary>The modules of a pool in a graph. Rows are flat: <c>[rows, inputs]</c> go in, and <c>[..., outputs]</c> come out.</summary>
internal abstract class ModuleOperators
{
    /// <summary>The size of a module's output.</summary>
    public abstract int Outputs { get; }

    /// <summary>One module on some rows.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="rows"><c>[rows, inputs]</c>.</param>
    /// <param name="module">The module's number.</param>
    /// <returns><c>[rows, outputs]</c>.</returns>
    public abstract Value One(Graph graph, Value rows, Value module);

    /// <summary>The same modules on each of some rows.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="rows"><c>[rows, inputs]</c>.</param>
    /// <param name="modules">The numbers of the modules, <c>[modules]</c>; null for all modules of the pool.</param>
    /// <returns><c>[rows * modules, outputs]</c>, the modules of a row one after the other.</returns>
    public abstract Value Each(Graph graph, Value rows, Value? modules);

    /// <summary>The modules of a pool.</summary>
    /// <exception cref="NotSupportedException">They are of a kind that has no operators.</exception>
    public static ModuleOperators Of(Graph graph, ModulePool pool) => pool switch
    {
        LinearModules linear => LinearOperators.Of(graph, linear),
        GateModules gates => LinearOperators.Of(graph, gates),
        ConvolutionModules convolutions => new ConvolutionOperators(graph, convolutions),
        _ => throw new NotSupportedException(
            $"Modules of the kind {pool.GetType().Name} cannot be written. LinearModules, GateModules and ConvolutionModules can."),
    };

    /// <summary>The numbers of some modules, or of all.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="stack"><c>[modules, ...]</c>.</param>
    /// <param name="modules">The modules; null for all.</param>
    protected static Value Of(Graph graph, Value stack, Value? modules) => modules is { } some ? graph.Gather(stack, some) : stack;
}
