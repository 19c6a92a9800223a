namespace ModularNetworks.Onnx;

/// <summary>The modular recurrent unit in a graph, a time step of it.</summary>
internal static class GruOperators
{
    /// <summary>Goes on by a time step: h' = h + z (c - h).</summary>
    /// <param name="selector">Selects modules, and has the graph.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="input">x, <c>[rows, inputs]</c>.</param>
    /// <param name="state">h, <c>[rows, hidden]</c>.</param>
    /// <param name="keys"><c>[rows]</c>, the token that each input shows; null if the unit does not ask.</param>
    /// <returns>h', of the shape of h, and the modules that made it.</returns>
    public static (Value State, PickedModules Picked) Step(Selector selector, ModularGru unit, Value input, Value state, Value? keys)
    {
        var graph = selector.Graph;
        var joined = graph.Concatenate(1, state, input);
        var picked = selector.Pick(unit.Name, 0, unit.Chooser, joined, keys);
        var sums = unit.GateWeight is { } weight
            ? graph.Add("MatMul", [joined, graph.Constants.Of(weight)])
            : picked.Combine(graph, unit.Gates!, Combination.Sum, joined);
        var gates = graph.Add("Split", outputs: 2, [graph.Add("Sigmoid", [sums])], NodeAttribute.Of("axis", 1), NodeAttribute.Of("num_outputs", 2));
        var reset = graph.Concatenate(1, graph.Add("Mul", [gates[1], state]), input);
        var proposal = graph.Add(
            unit.Activation == StateActivation.Tanh ? "Tanh" : "Relu", [picked.Combine(graph, unit.Pool, Combination.Sum, reset)]);
        var change = graph.Add("Mul", [gates[0], graph.Add("Sub", [proposal, state])]);
        return (graph.Add("Add", [state, change]), picked);
    }
}
