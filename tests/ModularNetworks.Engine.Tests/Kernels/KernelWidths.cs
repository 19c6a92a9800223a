using System.Runtime.Intrinsics;

namespace ModularNetworks.Engine.Tests;

/// <summary>The vector kernels of every width. All run on every processor, if slowly.</summary>
internal static class KernelWidths
{
    public static TheoryData<string> All => ["Vector512", "Vector256", "Vector128"];

    public static Kernels Create(string width, WorkerPool workers) => width switch
    {
        "Vector512" => new SimdKernels<Width512, Vector512<float>>(workers),
        "Vector256" => new SimdKernels<Width256, Vector256<float>>(workers),
        "Vector128" => new SimdKernels<Width128, Vector128<float>>(workers),
        _ => throw new ArgumentException($"There are no kernels of width {width}.", nameof(width)),
    };
}
