namespace ModularNetworks.Engine;

/// <summary>Makes kernels that work on vectors, in single precision.</summary>
public static class SimdKernels
{
    /// <summary>Kernels for the widest vectors that the processor runs well.</summary>
    /// <param name="workers">The threads that share the work.</param>
    public static Kernels Create(WorkerPool workers)
    {
        if (CompiledWidth.Is512)
            return Of512(workers);
        if (CompiledWidth.Is256)
            return Of256(workers);
        if (CompiledWidth.Is128)
            return Of128(workers);
        return Width512.IsSupported ? Of512(workers) : Width256.IsSupported ? Of256(workers) : Of128(workers);
    }

    /// <summary>
    /// Kernels for vectors of a given width. A processor that lacks the width runs them in software, slowly but with the
    /// same results: so that every width can be tested anywhere.
    /// </summary>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="lanes">The number of lanes: 4, 8 or 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such width.</exception>
    public static Kernels Create(WorkerPool workers, int lanes) => lanes switch
    {
        16 => Of512(workers),
        8 => Of256(workers),
        4 => Of128(workers),
        _ => throw new ArgumentOutOfRangeException(
            nameof(lanes), lanes, "SimdKernels: vectors have 4, 8 or 16 lanes of single precision."),
    };

    private static Kernels Of512(WorkerPool workers) => new(workers, new Arithmetic.Vector512());

    private static Kernels Of256(WorkerPool workers) => new(workers, new Arithmetic.Vector256());

    private static Kernels Of128(WorkerPool workers) => new(workers, new Arithmetic.Vector128());
}
