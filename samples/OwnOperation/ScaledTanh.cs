using System.Numerics;
using ModularNetworks.Engine;

namespace OwnOperation;

/// <summary>A differentiable operation with kernels of its own: to write another one, copy this file.</summary>
public static class ScaledTanhOperations
{
    /// <summary><c>scale * tanh(x)</c>: <c>[...] -> [...]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="scale">The factor.</param>
    public static Tensor ScaledTanh(this Tape tape, Tensor x, double scale)
    {
        // Shapes are checked here, where the operation begins, and nowhere below; this one takes any shape.
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        var y = tape.Rent(x.Shape);
        tape.Kernels.Run(new ScaledTanhKernel(x, y, scale));
        if (tape.Tracks(x))
            tape.Record<ScaledTanhOperation>(y).Set(x, scale);
        return y;
    }
}

/// <summary>The operation as it was run: what the backward pass needs. Tapes use such an object again for every step.</summary>
internal sealed class ScaledTanhOperation : Operation
{
    private Tensor _x = null!;
    private double _scale;

    public void Set(Tensor x, double scale) => (_x, _scale) = (x, scale);

    protected override void Backward(Tape tape) =>
        tape.Kernels.Run(new ScaledTanhGradientKernel(_x, Output.Gradient!, tape.GradientOf(_x), _scale));
}

/// <summary><c>y = scale * tanh(x)</c>.</summary>
internal readonly struct ScaledTanhKernel(Tensor x, Tensor y, double scale) : IKernel
{
    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Shape.Count; i++)
            y.As<T>()[i] = T.CreateChecked(scale) * T.Tanh(x.As<T>()[i]);
    }

    public unsafe void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged
    {
        fixed (float* source = x.Values, target = y.Values)
            new Blocks<TWidth, TVector>(source, null, target, x.Shape.Count, (float)scale).Run(kernels);
    }
}

/// <summary><c>dx += dy * scale * (1 - tanh(x)^2)</c>.</summary>
internal readonly struct ScaledTanhGradientKernel(Tensor x, Tensor dy, Tensor dx, double scale) : IKernel
{
    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Shape.Count; i++)
        {
            T tanh = T.Tanh(x.As<T>()[i]);
            dx.As<T>()[i] += dy.As<T>()[i] * T.CreateChecked(scale) * (T.One - (tanh * tanh));
        }
    }

    public unsafe void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged
    {
        fixed (float* source = x.Values, upstream = dy.Values, target = dx.Values)
            new Blocks<TWidth, TVector>(source, upstream, target, x.Shape.Count, (float)scale).Run(kernels);
    }
}

/// <summary>The elements, cut into blocks which threads can share; with the upstream gradient, the gradient is made.</summary>
internal readonly unsafe struct Blocks<TWidth, TVector>(float* x, float* upstream, float* target, int count, float scale)
    : IBlockKernel
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private const int BlockSize = 4096;

    // In multiply-adds, of which a hyperbolic tangent takes about so many.
    private const long ElementWork = 20;

    public void Run(Kernels kernels) => kernels.RunBlocks(Kernels.CountBlocks(count, BlockSize), this, count * ElementWork);

    public void Run(int block, int worker)
    {
        int end = Math.Min(count, (block + 1) * BlockSize);
        for (int i = block * BlockSize; i < end; i += TWidth.Count)
        {
            int lanes = Math.Min(TWidth.Count, end - i);
            var tanh = VectorMath<TWidth, TVector>.Tanh(TWidth.LoadPart(x + i, lanes));
            var result = TWidth.Multiply(TWidth.Broadcast(scale), upstream == null ? tanh : Gradient(tanh, i, lanes));
            if (upstream != null)
                result = TWidth.Add(result, TWidth.LoadPart(target + i, lanes));
            TWidth.StorePart(result, target + i, lanes);
        }
    }

    private TVector Gradient(TVector tanh, int i, int lanes)
    {
        var slope = TWidth.Subtract(TWidth.Broadcast(1), TWidth.Multiply(tanh, tanh));
        return TWidth.Multiply(TWidth.LoadPart(upstream + i, lanes), slope);
    }
}
