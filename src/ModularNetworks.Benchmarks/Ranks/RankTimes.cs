namespace ModularNetworks.Benchmarks;

/// <summary>The times of some steps of one rank.</summary>
/// <param name="MStep">M-steps.</param>
/// <param name="EStep">E-steps.</param>
internal sealed record RankTimes(StepTime MStep, StepTime EStep);

/// <summary>The times of some steps of one kind, in seconds.</summary>
/// <param name="Seconds">The time of each step.</param>
/// <param name="Communicating">The mean time in which a step waited for other ranks, or copied numbers to and from them.</param>
internal sealed record StepTime(IReadOnlyList<double> Seconds, double Communicating);
