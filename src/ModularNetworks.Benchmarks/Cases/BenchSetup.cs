using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>What cases are made from.</summary>
/// <param name="Kernels">What does the arithmetic, with all threads.</param>
/// <param name="SingleThreaded">The same with the calling thread alone.</param>
/// <param name="Key">Decides weights and data.</param>
public sealed record BenchSetup(Kernels Kernels, Kernels SingleThreaded, RandomKey Key)
{
    /// <summary>What does the arithmetic of a case.</summary>
    /// <param name="singleThreaded">Whether one thread does it all.</param>
    public Kernels KernelsOf(bool singleThreaded) => singleThreaded ? SingleThreaded : Kernels;

    /// <summary>Normally distributed numbers.</summary>
    /// <param name="shape">How many.</param>
    /// <param name="name">Decides which.</param>
    public Tensor RandomTensor(Shape shape, string name)
    {
        var tensor = Tensor.Allocate(shape);
        var key = Key.Split(name);
        var values = tensor.Values;
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)key.Normal((ulong)i);
        return tensor;
    }

    /// <summary>Uniformly distributed indices.</summary>
    /// <param name="shape">How many.</param>
    /// <param name="bound">All are below it.</param>
    /// <param name="name">Decides which.</param>
    public IndexTensor RandomIndices(Shape shape, int bound, string name)
    {
        var indices = IndexTensor.Allocate(shape);
        var key = Key.Split(name);
        var values = indices.Values;
        for (int i = 0; i < values.Length; i++)
            values[i] = key.Below((ulong)i, bound);
        return indices;
    }
}
