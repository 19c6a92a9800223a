using Google.Protobuf;

namespace ModularNetworks.Onnx.Files;

/// <summary>An ONNX file: a graph with what is known about it.</summary>
internal static class ModelFile
{
    // The versions of the format and of its operators.
    private const int FormatVersion = 10;
    private const int OperatorsVersion = 21;
    private const string Producer = "ModularNetworks";

    /// <summary>Writes a file. The same graph gives the same bytes.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="description">What the network is, in words.</param>
    /// <param name="properties">What is known about it.</param>
    public static void Write(Stream stream, GraphProto graph, string description, IEnumerable<(string Key, string Value)> properties)
    {
        var model = new ModelProto
        {
            IrVersion = FormatVersion,
            ProducerName = Producer,
            ProducerVersion = typeof(ModelFile).Assembly.GetName().Version!.ToString(fieldCount: 3),
            DocString = description,
            Graph = graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorsVersion });
        foreach (var (key, value) in properties)
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        model.WriteTo(stream);
    }
}
