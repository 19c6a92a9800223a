using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Windows of text. Rows are time-major: row <c>t * batch + b</c>.</summary>
/// <param name="Inputs">The words, <c>[steps * batch]</c>.</param>
/// <param name="Targets">The words after them, <c>[steps * batch]</c>.</param>
/// <param name="Carried">
/// The states before the first words, <c>[batch, hidden]</c>, in whose place a gradient step leaves the states after the
/// last ones; null if every window starts from zero.
/// </param>
/// <param name="Before">The words before the first ones, <c>[batch]</c>; null if nothing is known of them.</param>
public sealed record TextBatch(IndexTensor Inputs, IndexTensor Targets, Tensor? Carried = null, IndexTensor? Before = null);
