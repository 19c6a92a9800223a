using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The modules that one layer selected or mixed in a run.</summary>
/// <param name="Modules"><c>[steps * rows, K]</c>, time-major.</param>
/// <param name="Steps">The layer's number of time steps; 1 if it is not recurrent.</param>
/// <param name="Shares">The modules' shares of a mixture, <c>[steps * rows, K]</c>; null if modules were selected.</param>
public readonly record struct LayerSelection(IndexTensor Modules, int Steps, Tensor? Shares = null);
