using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>
/// Two ways through a network, of which a run takes one: for a single row, which gathers the weights of its modules, and for several rows,
/// each module of which runs on its own.
/// </summary>
internal static class Branches
{
    /// <summary>Adds both ways.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="input"><c>[rows, ...]</c>, whose number of rows decides.</param>
    /// <param name="made">The kinds of the values that a way makes.</param>
    /// <param name="way">Adds the nodes of a way to a graph; told whether there is one row.</param>
    /// <returns>The values, of the way that is taken.</returns>
    public static Value[] OneRowOrMore(Graph graph, Value input, IReadOnlyList<Made> made, Func<Graph, bool, IReadOnlyList<Value>> way)
    {
        Graph one = graph.Within("one row"), more = graph.Within("several rows");
        foreach (var inner in (Graph[])[one, more])
        {
            foreach (var (value, kind) in way(inner, inner == one).Zip(made))
                inner.Give(value, kind.Type, [.. kind.Shape]);
        }
        var isOne = graph.Add("Equal", [graph.SizeOf(input, axis: 0), graph.Constants.List(1)]);
        return graph.Add("If", made.Count, [isOne], NodeAttribute.Of("then_branch", one), NodeAttribute.Of("else_branch", more));
    }
}

/// <summary>The kind of a value.</summary>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its sizes.</param>
internal sealed record Made(DataType Type, params IReadOnlyList<Size> Shape);
