namespace ModularNetworks.Onnx;

/// <summary>The inputs and outputs of a file, in their order.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Outputs">The outputs.</param>
public sealed record OnnxSignature(IReadOnlyList<OnnxValue> Inputs, IReadOnlyList<OnnxValue> Outputs);

/// <summary>An input or an output of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements, by ONNX's name for it: <c>float</c>, <c>double</c>, <c>int64</c>, <c>uint8</c> or <c>string</c>.</param>
/// <param name="Shape">Its sizes; a word is a size that each run decides.</param>
/// <param name="Meaning">What it is, in words.</param>
public sealed record OnnxValue(string Name, string Type, IReadOnlyList<string> Shape, string Meaning)
{
    /// <summary>The value in one line of text, such as <c>features: float [batch, 64]</c>.</summary>
    public override string ToString() => $"{Name}: {Type} [{string.Join(", ", Shape)}]";
}
