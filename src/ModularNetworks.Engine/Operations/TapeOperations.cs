namespace ModularNetworks.Engine;

/// <summary>
/// The differentiable operations, each in a file of its own with its shape rule, forward and backward. Tensors made by
/// an operation live until the tape's next reset.
/// </summary>
public static partial class TapeOperations;
