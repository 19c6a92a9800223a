using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>Sets elements: what gradients begin with.</summary>
public static class FillKernels
{
    /// <summary>Sets every element.</summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="tensor">Any shape; overwritten.</param>
    /// <param name="value">The number, rounded to the tensor's precision.</param>
    public static void Fill(this Kernels kernels, Tensor tensor, double value) => kernels.Run(new FillKernel(tensor, value));

    /// <summary>Sets every element to zero.</summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="tensor">Any shape; overwritten.</param>
    public static void Clear(this Kernels kernels, Tensor tensor) => kernels.Fill(tensor, 0);
}

internal readonly unsafe struct FillKernel(Tensor tensor, double value) : IKernel
{
    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T> => tensor.As<T>().Fill(T.CreateChecked(value));

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged
    {
        var blocks = new FillBlocks(tensor.PointerTo(tensor.Shape.Count), tensor.Shape.Count, (float)value);
        kernels.Workers.Run(ElementBlocks.Count(tensor.Shape.Count), blocks);
    }

    private readonly struct FillBlocks(float* target, int count, float value) : IBlockKernel
    {
        public void Run(int block, int worker)
        {
            var (start, end) = ElementBlocks.Range(block, count);
            new Span<float>(target + start, end - start).Fill(value);
        }
    }
}
