namespace ModularNetworks.Onnx;

/// <summary>A value of a graph: an input, a constant, or what a node makes.</summary>
/// <param name="Name">Its name, which no other value of the file has.</param>
internal readonly record struct Value(string Name);
