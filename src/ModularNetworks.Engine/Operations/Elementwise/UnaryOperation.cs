using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>A function of one number and its derivative, applied to short pieces of a tensor.</summary>
internal interface IUnaryFunction
{
    /// <summary>The function's values.</summary>
    static abstract void Value<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The derivatives, by whichever of argument and value is cheaper.</summary>
    static abstract void Derivative<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> derivative)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>Applies a function to every element.</summary>
/// <typeparam name="TSelf">The subclass, which is also the function.</typeparam>
internal abstract unsafe class UnaryOperation<TSelf> : GenericOperation
    where TSelf : UnaryOperation<TSelf>, IUnaryFunction, new()
{
    // One thread's share: large enough to pay for handing it over.
    private const int BlockSize = 8192;

    // What a function sees at once: small enough for temporaries on the stack and in the first-level cache.
    private const int ChunkSize = 512;

    private Tensor _input = null!;

    public static Tensor Run(Tape tape, Tensor input)
    {
        var output = tape.Rent(input.Shape);
        if (tape.Precision == Precision.Single)
            Forward<float>(tape, input, output);
        else
            Forward<double>(tape, input, output);
        if (tape.Tracks(input))
            tape.Record<TSelf>(output)._input = input;
        return output;
    }

    private static int BlockCount(int count) => (count + BlockSize - 1) / BlockSize;

    private static void Forward<T>(Tape tape, Tensor input, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = input.Shape.Count;
        fixed (T* x = input.As<T>(count), y = output.As<T>(count))
            tape.Kernels.Workers.Run(BlockCount(count), new ForwardBlock<T>(x, y, count));
    }

    protected override void Backward<T>(Tape tape)
    {
        int count = Output.Shape.Count;
        var target = tape.GradientOf(_input);
        fixed (T* x = _input.As<T>(count), y = Output.As<T>(count), dy = Output.Gradient!.As<T>(count), dx = target.As<T>(count))
            tape.Kernels.Workers.Run(BlockCount(count), new BackwardBlock<T>(x, y, dy, dx, count));
    }

    private readonly struct ForwardBlock<T>(T* x, T* y, int count) : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            int end = Math.Min(count, (block + 1) * BlockSize);
            for (int start = block * BlockSize; start < end; start += ChunkSize)
            {
                int size = Math.Min(ChunkSize, end - start);
                TSelf.Value(new ReadOnlySpan<T>(x + start, size), new Span<T>(y + start, size));
            }
        }
    }

    private readonly struct BackwardBlock<T>(T* x, T* y, T* dy, T* dx, int count) : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            Span<T> chunk = stackalloc T[ChunkSize];
            int end = Math.Min(count, (block + 1) * BlockSize);
            for (int start = block * BlockSize; start < end; start += ChunkSize)
            {
                int size = Math.Min(ChunkSize, end - start);
                var derivative = chunk[..size];
                var target = new Span<T>(dx + start, size);
                TSelf.Derivative(new ReadOnlySpan<T>(x + start, size), new ReadOnlySpan<T>(y + start, size), derivative);
                TensorPrimitives.MultiplyAdd(new ReadOnlySpan<T>(dy + start, size), derivative, target, target);
            }
        }
    }
}
