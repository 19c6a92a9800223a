namespace ModularNetworks.Engine;

/// <summary>Makes kernels that work on vectors, in single precision.</summary>
public static class SimdKernels
{
    /// <summary>Kernels for the widest vectors that the processor runs well.</summary>
    /// <param name="workers">The threads that share the work.</param>
    public static Kernels Create(WorkerPool workers) =>
        Create(workers, Width512.IsSupported ? Width512.Count : Width256.IsSupported ? Width256.Count : Width128.Count);

    /// <summary>
    /// Kernels for vectors of a given width. A processor that lacks the width runs them in software, slowly but with the
    /// same results: so that every width can be tested anywhere.
    /// </summary>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="lanes">The number of lanes: 4, 8 or 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such width.</exception>
    public static Kernels Create(WorkerPool workers, int lanes) => lanes switch
    {
        16 => new Kernels(workers, Arithmetic.Vector512),
        8 => new Kernels(workers, Arithmetic.Vector256),
        4 => new Kernels(workers, Arithmetic.Vector128),
        _ => throw new ArgumentOutOfRangeException(
            nameof(lanes), lanes, "SimdKernels: vectors have 4, 8 or 16 lanes of single precision."),
    };
}
