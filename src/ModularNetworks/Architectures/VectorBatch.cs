using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Vectors with their targets, either classes or numbers.</summary>
/// <param name="Inputs"><c>[batch, features]</c>.</param>
/// <param name="Classes"><c>[batch]</c>; null if targets are numbers.</param>
/// <param name="Targets"><c>[batch, 1]</c>; null if targets are classes.</param>
/// <param name="InputKeys">The number of the task or cluster that each vector shows, <c>[batch]</c>; null if vectors show nothing.</param>
public sealed record VectorBatch(Tensor Inputs, IndexTensor? Classes, Tensor? Targets, IndexTensor? InputKeys = null);
