namespace ModularNetworks.Experiments;

/// <summary>The program and the hardware that a run used.</summary>
/// <param name="PeakResidentBytes">The most memory that the process held.</param>
/// <param name="Version">The version of the tool.</param>
/// <param name="Simd">The instruction set that the kernels used.</param>
/// <param name="Threads">The number of threads.</param>
public sealed record RunEnvironment(long PeakResidentBytes, string Version, string Simd, int Threads);
