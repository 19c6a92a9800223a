namespace ModularNetworks.Bench;

/// <summary>The least work of one call of a kernel.</summary>
/// <param name="Operations">Additions and multiplications, or, where that is what counts, elementary functions.</param>
/// <param name="Bytes">What is read and written, each number once: the least traffic there can be.</param>
public readonly record struct Work(double Operations, double Bytes);
