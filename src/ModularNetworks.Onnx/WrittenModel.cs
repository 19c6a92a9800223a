using ModularNetworks.Onnx.Files;
using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>Writes a file, and tells what it takes and gives.</summary>
internal static class WrittenModel
{
    /// <summary>Writes a file.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="description">What the network is, in words.</param>
    /// <param name="properties">What is known about it.</param>
    public static OnnxSignature Write(Stream stream, Graph graph, string description, IEnumerable<(string Key, string Value)> properties)
    {
        ModelFile.Write(stream, graph.Proto, description, properties);
        return new OnnxSignature([.. graph.Proto.Input.Select(Of)], [.. graph.Proto.Output.Select(Of)]);
    }

    private static OnnxValue Of(ValueInfoProto info)
    {
        var type = info.Type.TensorType;
        string name = ((DataType)type.ElemType).ToString().ToLowerInvariant();
        return new OnnxValue(info.Name, name, [.. type.Shape.Dim.Select(size => size.HasDimParam ? size.DimParam : $"{size.DimValue}")], info.DocString);
    }
}
