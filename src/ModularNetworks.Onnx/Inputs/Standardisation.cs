using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>(x - mean) / deviation in a graph, as it is done here: in double precision, and rounded once.</summary>
internal static class Standardisation
{
    /// <summary>Standardises numbers.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="x">Numbers of any type, <c>[..., features]</c>.</param>
    /// <param name="name">The first part of the constants' names.</param>
    /// <param name="means">Their means.</param>
    /// <param name="deviations">Their standard deviations.</param>
    /// <param name="shape">The shape of means and deviations, to which x is matched from the last axis on.</param>
    /// <returns>Numbers of single precision.</returns>
    public static Value Standardise(
        this Graph graph, Value x, string name, IEnumerable<double> means, IEnumerable<double> deviations, params ReadOnlySpan<int> shape)
    {
        var (mean, deviation) = (graph.Constants.Of($"{name}.means", [.. means], shape), graph.Constants.Of($"{name}.deviations", [.. deviations], shape));
        var centred = graph.Add("Sub", [graph.Cast(x, DataType.Double), mean]);
        return graph.Cast(graph.Add("Div", [centred, deviation]), DataType.Float);
    }
}
