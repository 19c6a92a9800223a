namespace ModularNetworks.Onnx;

/// <summary>Choosers in a graph: what they select for each row.</summary>
internal static class ChooserOperators
{
    /// <summary>Whether a chooser asks for the token, cluster or task that an input shows.</summary>
    public static bool AsksForKeys(Chooser chooser) => chooser is FixedChoice ? !IsAlwaysAll(chooser) : chooser.LinearPart?.Table is not null;

    /// <summary>Whether a chooser takes all modules for all inputs.</summary>
    public static bool IsAlwaysAll(Chooser chooser) => chooser is FixedChoice && chooser.Picks == chooser.Modules;

    /// <summary>The numbers of the modules that a controller selects, <c>[rows, K]</c>.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="chooser">The controller.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <param name="keys"><c>[rows]</c>, what the inputs show; null if they show nothing.</param>
    /// <exception cref="NotSupportedException">The controller cannot be written.</exception>
    public static Value Select(Graph graph, Chooser chooser, Value input, Value? keys) =>
        // Of no rows, ONNX Runtime leaves the axis of the modules in; 0 stands for the number of rows, whatever it is.
        graph.Reshape(graph.MostProbable(graph.Reshape(Logits(graph, chooser, input, keys), -1, chooser.Picks, chooser.Modules)), 0, chooser.Picks);

    /// <summary>The modules with the largest logits of a noisy gate, without noise, and their shares: the softmax of these logits.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="picks">K, the number of modules that are mixed.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <returns><c>[rows, K]</c> both, the module with the largest share first.</returns>
    public static (Value Modules, Value Shares) Mix(Graph graph, NoisyGate gate, int picks, Value input)
    {
        var largest = graph.Add("TopK", outputs: 2, [graph.Add("MatMul", [input, Gating(graph, gate)]), graph.Constants.List(picks)]);
        return (largest[1], graph.Add("Softmax", [largest[0]], NodeAttribute.Of("axis", -1)));
    }

    // The other half of the weights is for noise, which training alone adds.
    private static Value Gating(Graph graph, NoisyGate gate)
    {
        int inputs = gate.Weight.Shape[0], modules = gate.Modules;
        float[] weights = new float[inputs * modules];
        for (int input = 0; input < inputs; input++)
            gate.Weight.Value.Values.Slice(input * 2 * modules, modules).CopyTo(weights.AsSpan(input * modules));
        return graph.Constants.Of(gate.Weight.Name, weights, inputs, modules);
    }

    /// <summary>The numbers of the modules that are assigned to what inputs show, <c>[rows, K]</c>.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="name">The name of the table of modules.</param>
    /// <param name="assignment">The assignment.</param>
    /// <param name="keys"><c>[rows]</c>, what the inputs show.</param>
    /// <exception cref="ArgumentException">It is not known what the inputs show.</exception>
    public static Value Assigned(Graph graph, string name, ModuleAssignment assignment, Value? keys)
    {
        long[] modules = new long[assignment.InputKeys * assignment.Picks];
        for (int i = 0; i < modules.Length; i++)
            modules[i] = assignment[i / assignment.Picks, i % assignment.Picks];
        return graph.Gather(graph.Constants.Of(name, modules, assignment.InputKeys, assignment.Picks), Shown(keys));
    }

    private static Value Logits(Graph graph, Chooser chooser, Value input, Value? keys) => chooser switch
    {
        LinearController linear => Linear(graph, linear, input, keys),
        MultilayerController multilayer => graph.Add("Add", [Linear(graph, multilayer.LinearPart, input, keys), Hidden(graph, multilayer, input)]),
        ConvolutionController convolution => Convolution(graph, convolution, input),
        _ => throw new NotSupportedException(
            $"A controller of the kind {chooser.GetType().Name} cannot be written. Linear, multilayer and convolutional controllers can."),
    };

    private static Value Linear(Graph graph, LinearController controller, Value input, Value? keys)
    {
        var logits = graph.Linear(input, graph.Constants.Of(controller.Weight), graph.Constants.Of(controller.Bias));
        return controller.Table is { } table ? graph.Add("Add", [logits, graph.Gather(graph.Constants.Of(table), Shown(keys))]) : logits;
    }

    private static Value Hidden(Graph graph, MultilayerController controller, Value input)
    {
        var hidden = controller.HiddenLayer;
        var units = graph.Add("Relu", [graph.Linear(input, graph.Constants.Of(hidden.Weight), graph.Constants.Of(hidden.Bias!))]);
        return graph.Add("MatMul", [units, graph.Constants.Of(controller.OutputWeight)]);
    }

    private static Value Convolution(Graph graph, ConvolutionController controller, Value input)
    {
        var (filters, linear) = (controller.Filters, controller.Linear);
        var images = graph.Convolve(input, filters.Patches, graph.Constants.Of(filters.Weight), graph.Constants.Of(filters.Bias));
        var means = graph.Reshape(graph.Add("GlobalAveragePool", [graph.Add("Relu", [images])]), -1, filters.Weight.Shape[0]);
        return graph.Linear(means, graph.Constants.Of(linear.Weight), graph.Constants.Of(linear.Bias!));
    }

    private static Value Shown(Value? keys) => keys ?? throw new ArgumentException(
        "OnnxExport: the network asks for the cluster or task of an input. Give its clusters.");
}
