using ModularNetworks.Engine;
using ModularNetworks.Onnx.Files;
using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>ONNX's operators by the names that this project uses.</summary>
internal static class Operators
{
    /// <summary>x W + b: <c>[rows, inputs] -> [rows, outputs]</c>.</summary>
    public static Value Linear(this Graph graph, Value x, Value weight, Value bias) => graph.Add("Gemm", [x, weight, bias]);

    /// <summary>Rows of a table, or parts of a stack: <c>[indices..., ...]</c>.</summary>
    public static Value Gather(this Graph graph, Value table, Value indices) => graph.Add("Gather", [table, indices], NodeAttribute.Of("axis", 0));

    /// <summary>The same elements in another shape, of which one size may be -1: whatever is left.</summary>
    public static Value Reshape(this Graph graph, Value x, params ReadOnlySpan<long> shape) =>
        graph.Add("Reshape", [x, graph.Constants.List(shape)]);

    /// <summary>Values side by side along an axis.</summary>
    public static Value Concatenate(this Graph graph, int axis, params ReadOnlySpan<Value> values) =>
        values.Length == 1 ? values[0] : graph.Add("Concat", values, NodeAttribute.Of("axis", axis));

    /// <summary>The sum over an axis, which is left out.</summary>
    public static Value Sum(this Graph graph, Value x, int axis) =>
        graph.Add("ReduceSum", [x, graph.Constants.List(axis)], NodeAttribute.Of("keepdims", 0));

    /// <summary>The place of the largest element of the last axis, which is left out; of equal ones the first.</summary>
    public static Value MostProbable(this Graph graph, Value logits) =>
        graph.Add("ArgMax", [logits], NodeAttribute.Of("axis", -1), NodeAttribute.Of("keepdims", 0));

    /// <summary>The elements in another type.</summary>
    public static Value Cast(this Graph graph, Value x, DataType type) => graph.Add("Cast", [x], NodeAttribute.Of("to", (long)type));

    /// <summary>The size of an axis from the front, as a list of one.</summary>
    public static Value SizeOf(this Graph graph, Value x, int axis) =>
        graph.Add("Shape", [x], NodeAttribute.Of("start", axis), NodeAttribute.Of("end", axis + 1));

    /// <summary>The function of each element; the input itself if there is none.</summary>
    public static Value Activate(this Graph graph, Value x, Activation activation) =>
        activation == Activation.None ? x : graph.Add(activation.ToString(), [x]);

    /// <summary>Filters that move over images: <c>[rows, channels * height * width] -> [rows, outputs, rows, columns]</c>.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="images">The images.</param>
    /// <param name="patches">Their size, and the window.</param>
    /// <param name="filters"><c>[outputs, channels * window * window]</c>, with any axes before.</param>
    /// <param name="bias"><c>[outputs]</c>.</param>
    public static Value Convolve(this Graph graph, Value images, ImagePatches patches, Value filters, Value bias)
    {
        var (image, window) = (patches.Image, patches.Window);
        var x = graph.Reshape(images, -1, image.Channels, image.Height, image.Width);
        var weight = graph.Reshape(filters, -1, image.Channels, window.Size, window.Size);
        long before = window.PaddingBefore, after = window.PaddingAfter;
        return graph.Add(
            "Conv", [x, weight, graph.Reshape(bias, -1)], NodeAttribute.Of("strides", window.Stride, window.Stride), NodeAttribute.Of("pads", before, before, after, after));
    }

    /// <summary>A tensor of zeros of a shape that each run decides.</summary>
    public static Value Zeros(this Graph graph, Value shape)
    {
        var zero = new TensorProto { DataType = (int)DataType.Float, RawData = Google.Protobuf.ByteString.CopyFrom(new byte[sizeof(float)]) };
        zero.Dims.Add(1);
        return graph.Add("ConstantOfShape", [shape], NodeAttribute.Of("value", zero));
    }
}
