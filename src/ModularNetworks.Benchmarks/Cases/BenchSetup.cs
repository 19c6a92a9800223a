using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>The means from which cases are made: kernels, and random weights and data.</summary>
/// <param name="Kernels">The kernels that use all threads.</param>
/// <param name="SingleThreaded">The kernels that use the calling thread alone.</param>
/// <param name="Key">The random key of weights and data.</param>
public sealed record BenchSetup(Kernels Kernels, Kernels SingleThreaded, RandomKey Key)
{
    /// <summary>The kernels of a case.</summary>
    /// <param name="singleThreaded">Whether the case uses one thread.</param>
    public Kernels KernelsOf(bool singleThreaded) => singleThreaded ? SingleThreaded : Kernels;

    /// <summary>Draws normally distributed numbers.</summary>
    /// <param name="shape">The shape of the tensor.</param>
    /// <param name="name">The name that decides the numbers.</param>
    public Tensor RandomTensor(Shape shape, string name)
    {
        var tensor = Tensor.Allocate(shape);
        var key = Key.Split(name);
        var values = tensor.Values;
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)key.Normal((ulong)i);
        return tensor;
    }

    /// <summary>Draws uniformly distributed indices.</summary>
    /// <param name="shape">The shape of the tensor.</param>
    /// <param name="bound">The bound below which all indices lie.</param>
    /// <param name="name">The name that decides the indices.</param>
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
