using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class PoolingOperations
{
    /// <summary>
    /// The mean of every channel over the whole image ("global average pooling"):
    /// <c>[rows, channels * height * width] -> [rows, channels]</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="input">Images.</param>
    /// <param name="image">Their size.</param>
    /// <exception cref="ShapeException">The images have another size.</exception>
    public static Tensor ChannelMeans(this Tape tape, Tensor input, ImageShape image) =>
        ChannelMeansOperation.Run(tape, input, image);
}

internal sealed unsafe class ChannelMeansOperation : GenericOperation
{
    // One thread's share: large enough to pay for handing it over.
    private const int BlockSize = 8192;

    private Tensor _input = null!;
    private int _places;

    public static Shape OutputShape(Shape input, ImageShape image)
    {
        image.RequireRows("ChannelMeans", input);
        return new Shape(input[0], image.Channels);
    }

    public static Tensor Run(Tape tape, Tensor input, ImageShape image)
    {
        var output = tape.Rent(OutputShape(input.Shape, image));
        if (tape.Precision == Precision.Single)
            Forward<float>(tape, input, output, image.Places);
        else
            Forward<double>(tape, input, output, image.Places);
        if (tape.Tracks(input))
        {
            var operation = tape.Record<ChannelMeansOperation>(output);
            operation._input = input;
            operation._places = image.Places;
        }
        return output;
    }

    private static int MeansPerBlock(int places) => Math.Max(1, BlockSize / places);

    private static int BlockCount(int means, int places) => (means + MeansPerBlock(places) - 1) / MeansPerBlock(places);

    private static void Forward<T>(Tape tape, Tensor input, Tensor output, int places)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int means = output.Shape.Count;
        fixed (T* x = input.As<T>((long)means * places), y = output.As<T>(means))
            tape.Kernels.Workers.Run(BlockCount(means, places), new ForwardBlock<T>(x, y, means, places));
    }

    protected override void Backward<T>(Tape tape)
    {
        int means = Output.Shape.Count;
        var target = tape.GradientOf(_input);
        fixed (T* dy = Output.Gradient!.As<T>(means), dx = target.As<T>((long)means * _places))
            tape.Kernels.Workers.Run(BlockCount(means, _places), new BackwardBlock<T>(dy, dx, means, _places));
    }

    private readonly struct ForwardBlock<T>(T* x, T* y, int means, int places) : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            T share = T.One / T.CreateChecked(places);
            int end = Math.Min(means, (block + 1) * MeansPerBlock(places));
            for (int i = block * MeansPerBlock(places); i < end; i++)
                y[i] = TensorPrimitives.Sum(new ReadOnlySpan<T>(x + ((nint)i * places), places)) * share;
        }
    }

    private readonly struct BackwardBlock<T>(T* dy, T* dx, int means, int places) : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            T share = T.One / T.CreateChecked(places);
            int end = Math.Min(means, (block + 1) * MeansPerBlock(places));
            for (int i = block * MeansPerBlock(places); i < end; i++)
            {
                var target = new Span<T>(dx + ((nint)i * places), places);
                TensorPrimitives.Add(target, dy[i] * share, target);
            }
        }
    }
}
