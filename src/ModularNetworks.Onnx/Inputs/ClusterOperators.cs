namespace ModularNetworks.Onnx;

/// <summary>The clusters of inputs in a graph.</summary>
internal static class ClusterOperators
{
    /// <summary>The nearest cluster of each row, <c>[rows]</c>; of equally near ones the first.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="input"><c>[rows, features]</c>.</param>
    /// <param name="clusters">The clusters.</param>
    public static Value Nearest(this Graph graph, Value input, Clusters clusters)
    {
        var difference = graph.Add("Sub", [graph.Reshape(input, -1, 1, clusters.Centres.Shape[1]), graph.Constants.Of("clusters", clusters.Centres)]);
        var distances = graph.Sum(graph.Add("Mul", [difference, difference]), axis: 2);
        return graph.Add("ArgMin", [distances], NodeAttribute.Of("axis", 1), NodeAttribute.Of("keepdims", 0));
    }
}
