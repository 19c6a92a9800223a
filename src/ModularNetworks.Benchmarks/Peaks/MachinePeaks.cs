namespace ModularNetworks.Benchmarks;

/// <summary>The speeds that the machine's cores reach together in loops of one kind of work.</summary>
/// <param name="OperationsPerSecond">Multiplications and additions, of multiply-adds in registers.</param>
/// <param name="ExponentialsPerSecond">Exponentials of numbers in the first-level cache, each added to a sum.</param>
/// <param name="BytesPerSecond">Bytes read and written in a copy of what no cache holds.</param>
public sealed record MachinePeaks(double OperationsPerSecond, double ExponentialsPerSecond, double BytesPerSecond);
