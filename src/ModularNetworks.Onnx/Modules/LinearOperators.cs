using ModularNetworks.Engine;

namespace ModularNetworks.Onnx;

/// <summary>Linear modules in a graph: f_m(x) = activation(x W_m + b_m).</summary>
internal sealed class LinearOperators : ModuleOperators
{
    private readonly Value _weight;
    private readonly Value? _bias;
    private readonly Activation _activation;

    private LinearOperators(Value weight, Value? bias, int outputs, Activation activation) =>
        (_weight, _bias, Outputs, _activation) = (weight, bias, outputs, activation);

    /// <inheritdoc/>
    public override int Outputs { get; }

    /// <summary>Writes linear modules.</summary>
    public static LinearOperators Of(Graph graph, LinearModules modules) => new(
        graph.Constants.Stack(modules.Weight, modules.Weights), graph.Constants.Of(modules.Bias), modules.Weight.Shape.Last, modules.Activation);

    /// <summary>Writes the gates of a recurrent unit, which have neither bias nor activation.</summary>
    public static LinearOperators Of(Graph graph, GateModules gates) =>
        new(graph.Constants.Stack(gates.Weight, gates.Weights), bias: null, gates.Weight.Shape.Last, Activation.None);

    /// <inheritdoc/>
    public override Value One(Graph graph, Value rows, Value module)
    {
        var weight = graph.Gather(_weight, module);
        var sums = _bias is { } bias ? graph.Linear(rows, weight, graph.Gather(bias, module)) : graph.Add("MatMul", [rows, weight]);
        return graph.Activate(sums, _activation);
    }

    /// <inheritdoc/>
    public override Value Each(Graph graph, Value rows, Value? modules)
    {
        // [rows, inputs] times [modules, inputs, outputs] is [modules, rows, outputs].
        var sums = graph.Add("MatMul", [rows, Of(graph, _weight, modules)]);
        if (_bias is { } bias)
            sums = graph.Add("Add", [sums, graph.Reshape(Of(graph, bias, modules), -1, 1, Outputs)]);
        var ofRows = graph.Add("Transpose", [sums], NodeAttribute.Of("perm", 1, 0, 2));
        return graph.Activate(graph.Reshape(ofRows, -1, Outputs), _activation);
    }
}
