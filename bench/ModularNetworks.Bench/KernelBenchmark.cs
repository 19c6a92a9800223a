using BenchmarkDotNet.Attributes;
using ModularNetworks.Engine;

namespace ModularNetworks.Bench;

/// <summary>A kernel in single precision on one thread and on two.</summary>
public abstract class KernelBenchmark
{
    /// <summary>How many threads share the work.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>The kernels that are timed; null before <see cref="Setup"/>.</summary>
    protected Kernels Kernels { get; private set; } = null!;

    /// <summary>Starts the threads and creates the case's tensors.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Kernels = SimdKernels.Create(new WorkerPool(Threads));
        CreateTensors();
    }

    /// <summary>Stops the threads.</summary>
    [GlobalCleanup]
    public void Cleanup() => Kernels.Workers.Dispose();

    /// <summary>The work of one call of a benchmark method, known from its parameters alone.</summary>
    public abstract Work WorkOf(string method);

    /// <summary>Creates what the benchmark methods work on.</summary>
    protected abstract void CreateTensors();

    /// <summary>A tensor of small random numbers.</summary>
    protected static Tensor Random(params int[] sizes)
    {
        var tensor = Tensor.Allocate(sizes.Length switch
        {
            1 => new Shape(sizes[0]),
            2 => new Shape(sizes[0], sizes[1]),
            _ => new Shape(sizes[0], sizes[1], sizes[2]),
        });
        var key = RandomKey.FromSeed((ulong)sizes.Length);
        for (int i = 0; i < tensor.Values.Length; i++)
            tensor.Values[i] = (float)key.Normal((ulong)i) / 10;
        return tensor;
    }

    /// <summary>Numbers from 0 to <paramref name="bound"/> - 1.</summary>
    protected static IndexTensor RandomIndices(Shape shape, int bound)
    {
        var tensor = IndexTensor.Allocate(shape);
        var key = RandomKey.FromSeed(7);
        for (int i = 0; i < tensor.Values.Length; i++)
            tensor.Values[i] = key.Below((ulong)i, bound);
        return tensor;
    }
}
