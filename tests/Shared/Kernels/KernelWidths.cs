using ModularNetworks.Engine;

namespace ModularNetworks.Testing;

/// <summary>
/// The vector widths every kernel is tested at; all of them run on any processor, in software if need be.
/// </summary>
public static class KernelWidths
{
    public static TheoryData<string> All => ["Vector512", "Vector256", "Vector128"];

    public static Kernels Create(string width, WorkerPool workers) => width switch
    {
        "Vector512" => SimdKernels.Create(workers, lanes: 16),
        "Vector256" => SimdKernels.Create(workers, lanes: 8),
        "Vector128" => SimdKernels.Create(workers, lanes: 4),
        _ => throw new ArgumentException($"KernelWidths: no width is called {width}."),
    };
}
