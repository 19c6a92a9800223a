using ModularNetworks.Onnx.Files;
using static ModularNetworks.Onnx.Files.AttributeProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>Attributes of nodes.</summary>
internal static class NodeAttribute
{
    /// <summary>A whole number.</summary>
    public static AttributeProto Of(string name, long value) => new() { Name = name, I = value, Type = AttributeType.Int };

    /// <summary>A list of whole numbers.</summary>
    public static AttributeProto Of(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Ints };
        foreach (long value in values)
            attribute.Ints.Add(value);
        return attribute;
    }

    /// <summary>A graph, such as the body of a loop.</summary>
    public static AttributeProto Of(string name, Graph graph) => new() { Name = name, G = graph.Proto, Type = AttributeType.Graph };

    /// <summary>A tensor.</summary>
    public static AttributeProto Of(string name, TensorProto tensor) => new() { Name = name, T = tensor, Type = AttributeType.Tensor };
}
