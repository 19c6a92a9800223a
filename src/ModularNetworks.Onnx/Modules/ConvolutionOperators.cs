namespace ModularNetworks.Onnx;

/// <summary>Modules that are convolutions in a graph.</summary>
internal sealed class ConvolutionOperators : ModuleOperators
{
    private readonly ConvolutionModules _modules;
    private readonly Value _filters;
    private readonly Value _bias;

    /// <summary>Writes the modules.</summary>
    public ConvolutionOperators(Graph graph, ConvolutionModules modules)
    {
        (_modules, Outputs) = (modules, modules.Output(picks: 1).Count);
        (_filters, _bias) = (graph.Constants.Stack(modules.Weight, modules.Weights), graph.Constants.Of(modules.Bias));
    }

    /// <inheritdoc/>
    public override int Outputs { get; }

    /// <inheritdoc/>
    public override Value One(Graph graph, Value rows, Value module) =>
        Filter(graph, rows, graph.Gather(_filters, module), graph.Gather(_bias, module));

    /// <inheritdoc/>
    public override Value Each(Graph graph, Value rows, Value? modules) =>
        Filter(graph, rows, Of(graph, _filters, modules), Of(graph, _bias, modules));

    // The channels of several modules come one after the other, and so are rows of modules.
    private Value Filter(Graph graph, Value rows, Value filters, Value bias) => graph.Activate(
        graph.Reshape(graph.Convolve(rows, _modules.Patches, filters, bias), -1, Outputs), _modules.Activation);
}
