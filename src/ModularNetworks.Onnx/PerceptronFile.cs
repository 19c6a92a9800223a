using ModularNetworks.Data;
using ModularNetworks.Engine;
using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>The file of a perceptron.</summary>
internal static class PerceptronFile
{
    /// <summary>Writes one that reads vectors.</summary>
    public static OnnxSignature Write(Stream stream, ModularMlp network, OnnxVectors vectors)
    {
        int inputs = network.Sizes.Inputs;
        RequireSizes(inputs, vectors);
        return Write(stream, network, vectors, graph =>
        {
            var features = graph.Input("features", DataType.Float, "Vectors.", Answer.Batch, inputs);
            return vectors.Means is null ? features : graph.StandardiseVectors(features, vectors.Means, vectors.Deviations!);
        });
    }

    /// <summary>Writes one that reads the rows of a table.</summary>
    public static OnnxSignature Write(Stream stream, ModularMlp network, TableEncoding encoding, OnnxVectors vectors)
    {
        if (encoding.Features() != network.Sizes.Inputs)
            throw new ArgumentException($"OnnxExport: the columns become {Counted.Of(encoding.Features(), "number")}; the network reads {network.Sizes.Inputs}.", nameof(encoding));
        RequireSizes(network.Sizes.Inputs, vectors);
        return Write(stream, network, vectors, graph => TableInput.Add(graph, encoding, Answer.Batch));
    }

    private static OnnxSignature Write(Stream stream, ModularMlp network, OnnxVectors vectors, Func<Graph, Value> addInput)
    {
        if (vectors.Target is { } target && (target.Classes?.Count ?? 1) != network.Sizes.Outputs)
            throw new ArgumentException($"OnnxExport: {Counted.Of(target.Classes?.Count ?? 1, "class", "classes")} or numbers are named; the network has {network.Sizes.Outputs}.", nameof(vectors));
        var layers = new LayerGraph(network.Layers, network.Following, network.Sizes.Outputs, vectors.Rule);
        var answer = new Answer(layers, vectors.Target);
        var graph = new Graph("perceptron", answer.Names);
        var input = addInput(graph);
        answer.Add(graph, input, layers.AsksForKeys ? Keys(graph, input, vectors.Clusters) : null);
        return WrittenModel.Write(stream, graph, "A perceptron of modules.", answer.Properties());
    }

    private static Value Keys(Graph graph, Value input, Clusters? clusters) => clusters is null
        ? graph.Input("tasks", DataType.Int64, "The number of the task of each row.", Answer.Batch)
        : graph.Nearest(input, clusters);

    private static void RequireSizes(int inputs, OnnxVectors vectors)
    {
        if (vectors.Means?.Count is { } means && (means != inputs || vectors.Deviations?.Count != inputs))
            throw new ArgumentException($"OnnxExport: {Counted.Of(means, "mean")} and {vectors.Deviations?.Count ?? 0} deviations are given; the network reads vectors of {Counted.Of(inputs, "number")}.", nameof(vectors));
        if (vectors.Clusters is { } clusters && clusters.Centres.Shape[1] != inputs)
            throw new ArgumentException($"OnnxExport: the clusters are of vectors of {Counted.Of(clusters.Centres.Shape[1], "number")}; the network reads {inputs}.", nameof(vectors));
    }
}
