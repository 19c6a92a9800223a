using Google.Protobuf;
using ModularNetworks.Onnx.Files;

namespace ModularNetworks.ML;

/// <summary>
/// Gives inputs and outputs of an ONNX file other names. ML.NET makes columns of these names, which must not be those of columns that data may have.
/// </summary>
internal static class OnnxColumns
{
    private const string ModulesSuffix = "_modules";

    /// <summary>Renames the input, the answer and the modules of a perceptron's file.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The renamed file.</returns>
    public static byte[] Rename(byte[] file)
    {
        var model = ModelProto.Parser.ParseFrom(file);
        var graph = model.Graph;
        string input = graph.Input.Single().Name;
        graph.Input[0].Name = ScoreColumns.Input;
        graph.Node.Insert(0, Same(ScoreColumns.Input, input));
        foreach (var output in graph.Output)
        {
            string name = output.Name;
            output.Name = name.EndsWith(ModulesSuffix, StringComparison.Ordinal) ? ScoreColumns.Selected : ScoreColumns.Output;
            graph.Node.Add(Same(name, output.Name));
        }
        return model.ToByteArray();
    }

    private static NodeProto Same(string from, string to)
    {
        var node = new NodeProto { OpType = "Identity", Name = to };
        node.Input.Add(from);
        node.Output.Add(to);
        return node;
    }
}
