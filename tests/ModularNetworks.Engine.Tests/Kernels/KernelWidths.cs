using System.Runtime.Intrinsics;

namespace ModularNetworks.Engine.Tests;

/// <summary>
/// The vector widths every kernel is tested at; all of them run on any processor, in software if need be.
/// </summary>
public static class KernelWidths
{
    public static TheoryData<string> All => ["Vector512", "Vector256", "Vector128"];

    public static Kernels Create(string width, WorkerPool workers) => width switch
    {
        "Vector512" => new SimdKernels<Width512, Vector512<float>>(workers),
        "Vector256" => new SimdKernels<Width256, Vector256<float>>(workers),
        "Vector128" => new SimdKernels<Width128, Vector128<float>>(workers),
        _ => throw new ArgumentException($"KernelWidths: no width is called {width}."),
    };
}
