using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Images and their classes.</summary>
/// <param name="Images"><c>[batch, channels * height * width]</c>, normalised.</param>
/// <param name="Classes"><c>[batch]</c>.</param>
public sealed record ImageBatch(Tensor Images, IndexTensor Classes);
