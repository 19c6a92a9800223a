using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Points with targets.</summary>
/// <param name="Inputs"><c>[batch, 2]</c>.</param>
/// <param name="Targets"><c>[batch, 2]</c>.</param>
public sealed record RegressionBatch(Tensor Inputs, Tensor Targets);
