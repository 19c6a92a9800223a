using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>(x - mean) / deviation in a graph, to the same bits as it is done without one.</summary>
internal static class Standardisation
{
    /// <summary>Standardises vectors as estimators do: in single precision, by factors.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="x">Of single precision, <c>[rows, features]</c>.</param>
    /// <param name="means">The mean of each feature.</param>
    /// <param name="deviations">The standard deviation of each feature; 0 of one that becomes 0 always.</param>
    public static Value StandardiseVectors(this Graph graph, Value x, IEnumerable<float> means, IEnumerable<float> deviations)
    {
        float[] mean = [.. means], factors = [.. deviations.Select(deviation => deviation > 0 ? 1 / deviation : 0)];
        var centred = graph.Add("Sub", [x, graph.Constants.Of("features.means", mean, mean.Length)]);
        return graph.Add("Mul", [centred, graph.Constants.Of("features.factors", factors, factors.Length)]);
    }

    /// <summary>Standardises cells or pixels: in double precision, and rounded once.</summary>
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
