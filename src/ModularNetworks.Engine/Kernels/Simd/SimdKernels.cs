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
}
