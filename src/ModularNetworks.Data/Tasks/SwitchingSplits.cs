namespace ModularNetworks.Data;

/// <summary>The parts of a problem of sequences.</summary>
/// <param name="Train">The sequences to learn from.</param>
/// <param name="Valid">Other sequences, to decide by.</param>
/// <param name="Test">Yet others, to measure generalisation with.</param>
public sealed record SwitchingSplits(SwitchingSequences Train, SwitchingSequences Valid, SwitchingSequences Test);
