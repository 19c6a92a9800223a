using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>Chooses the vector kernels for this processor.</summary>
public static class SimdKernels
{
    /// <summary>Kernels for the widest vectors that the processor runs well.</summary>
    public static Kernels Create(WorkerPool workers) =>
        Width512.IsSupported ? new SimdKernels<Width512, System.Runtime.Intrinsics.Vector512<float>>(workers)
        : Width256.IsSupported ? new SimdKernels<Width256, System.Runtime.Intrinsics.Vector256<float>>(workers)
        : new SimdKernels<Width128, System.Runtime.Intrinsics.Vector128<float>>(workers);
}

/// <summary>Single-precision kernels over vectors of one width.</summary>
internal sealed unsafe partial class SimdKernels<TWidth, TVector>(WorkerPool workers) : Kernels(workers)
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    public override Precision Precision => Precision.Single;

    public override string InstructionSet => TWidth.Name;

    /// <summary>
    /// Ends every kernel that works on addresses: without it the collector could free the memory of this object, or of an
    /// argument, whose last use was to give its address, while threads still work on it.
    /// </summary>
    /// <param name="arguments">Every tensor that the kernel was given.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void KeepAlive(params ReadOnlySpan<object?> arguments)
    {
        GC.KeepAlive(this);
        foreach (object? argument in arguments)
            GC.KeepAlive(argument);
    }
}
