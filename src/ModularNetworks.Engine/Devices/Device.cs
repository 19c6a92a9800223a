namespace ModularNetworks.Engine;

/// <summary>
/// What computes: threads that share the work, the kernels that run on them, and a tape that records operations and lends memory. Serves one
/// training at a time. The number of threads never changes a result; the width of the vectors may, by rounding.
/// </summary>
/// <example>
/// <code>
/// using var device = new Device(threads: 4);
/// network.Fit(data, device, RandomKey.FromSeed(1));
/// </code>
/// </example>
public sealed class Device : IDisposable
{
    private readonly WorkerPool _workers;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">The number of threads that work, the caller's included. More than one pays for large layers.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one thread, or more than 1,024.</exception>
    public Device(int threads = 1)
    {
        _workers = new WorkerPool(threads);
        Kernels = SimdKernels.Create(_workers);
        Tape = new Tape(Kernels);
    }

    /// <summary>The number of threads that work, the caller's included.</summary>
    public int Threads => _workers.ThreadCount;

    /// <summary>The width of the vectors that the kernels use: <c>Vector512</c>, <c>Vector256</c> or <c>Vector128</c>.</summary>
    public string InstructionSet => Kernels.InstructionSet;

    /// <summary>The kernels that do the arithmetic, in single precision.</summary>
    public Kernels Kernels { get; }

    /// <summary>Records the operations of a step.</summary>
    public Tape Tape { get; }

    /// <summary>Stops the threads. No work may be running.</summary>
    public void Dispose() => _workers.Dispose();
}
