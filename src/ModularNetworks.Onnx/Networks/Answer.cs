using System.Text.Json;
using ModularNetworks.Data;
using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>What a network that reads vectors or images answers: its outputs in a file.</summary>
/// <param name="network">The network.</param>
/// <param name="target">What is predicted; null for the output as it is.</param>
internal sealed class Answer(LayerGraph network, TableTarget? target)
{
    /// <summary>The name of the number of rows.</summary>
    public const string Batch = "batch";

    private string Name => target is null ? "output" : target.Classes is null ? "prediction" : "probabilities";

    /// <summary>The names of all outputs.</summary>
    public IReadOnlyList<string> Names =>
    [
        Name,
        .. network.Selecting.Select(layer => ModulesOf(layer.Layout.Name)),
        .. network.Mixes ? network.Selecting.Select(layer => SharesOf(layer.Layout.Name)) : [],
    ];

    /// <summary>What is known of the target.</summary>
    public IEnumerable<(string Key, string Value)> Properties()
    {
        if (target is null)
            yield break;
        yield return ("target", target.Name);
        if (target.Classes is { } classes)
            yield return ("classes", Json(classes));
    }

    /// <summary>The name of the output that tells a layer's modules.</summary>
    public static string ModulesOf(string layer) => $"{layer}_modules";

    /// <summary>The name of the output that tells the shares of a layer's modules.</summary>
    public static string SharesOf(string layer) => $"{layer}_shares";

    /// <summary>Words as a JSON array.</summary>
    public static string Json(IEnumerable<string> words)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (string word in words)
                writer.WriteStringValue(word);
            writer.WriteEndArray();
        }
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Adds the network and its outputs.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="input"><c>[batch, inputs]</c>.</param>
    /// <param name="keys"><c>[batch]</c>, what the inputs show; null if they show nothing.</param>
    public void Add(Graph graph, Value input, Value? keys)
    {
        var values = network.Run(graph, input, keys);
        graph.Output(Name, Of(graph, values[0]), DataType.Float, Meaning(), Batch, network.Outputs);
        var selecting = network.Selecting;
        foreach (var (layer, modules) in selecting.Zip(values.Skip(1)))
        {
            graph.Output(
                ModulesOf(layer.Layout.Name), modules, DataType.Int64, $"The modules of layer {layer.Layout.Name} that decided, of {layer.Modules}.", Batch,
                network.PicksOf(layer));
        }
        foreach (var (layer, shares) in selecting.Zip(values.Skip(1 + selecting.Count)))
        {
            graph.Output(
                SharesOf(layer.Layout.Name), shares, DataType.Float, $"The shares of these modules of layer {layer.Layout.Name}.", Batch, network.PicksOf(layer));
        }
    }

    private string Meaning() => target switch
    {
        null => "The network's output.",
        { Classes: null } => "The predicted number, in its own units.",
        _ => "The probabilities of the classes, in the order of the property 'classes'.",
    };

    private Value Of(Graph graph, Value output)
    {
        if (target is null)
            return output;
        if (target.Classes is not null)
            return graph.Add("Softmax", [output], NodeAttribute.Of("axis", -1));
        var deviations = graph.Add("Mul", [graph.Cast(output, DataType.Double), graph.Constants.Of("target.deviation", [target.Deviation], 1)]);
        return graph.Cast(graph.Add("Add", [deviations, graph.Constants.Of("target.mean", [target.Mean], 1)]), DataType.Float);
    }
}
