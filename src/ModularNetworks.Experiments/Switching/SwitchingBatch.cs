using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Sequences whose rule changes at every step. Rows are time-major: row <c>t * batch + b</c>.</summary>
/// <param name="Inputs">The numbers, then the rule one-hot, <c>[steps * batch, size + rules]</c>.</param>
/// <param name="Rules">The numbers of the rules, <c>[steps * batch]</c>.</param>
/// <param name="Targets"><c>[steps * batch, size]</c>.</param>
internal sealed record SwitchingBatch(Tensor Inputs, IndexTensor Rules, Tensor Targets);
