using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

public static partial class ElementwiseOperations
{
    /// <summary>Adds one row to all rows: <c>[..., features] and [features] -> [..., features]</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x"><c>[..., features]</c>.</param>
    /// <param name="bias"><c>[features]</c>.</param>
    /// <exception cref="ShapeException">The numbers of features differ.</exception>
    public static Tensor AddBias(this Tape tape, Tensor x, Tensor bias) => AddBiasOperation.Run(tape, x, bias);
}

internal sealed unsafe class AddBiasOperation : Operation
{
    // Columns that one thread sums: a few cache lines of every row.
    private const int LeastColumns = 64;

    private Tensor _input = null!;
    private Tensor _bias = null!;

    public static Shape OutputShape(Shape x, Shape bias)
    {
        if (bias.Rank != 1 || x.Rank == 0 || x.Last != bias[0])
        {
            throw new ShapeException(
                $"AddBias: x has shape {x}, bias {bias}; bias must have one axis, as long as the last of x. Check the "
                + "layer's output size.");
        }
        return x;
    }

    public static Tensor Run(Tape tape, Tensor x, Tensor bias)
    {
        var output = tape.Rent(OutputShape(x.Shape, bias.Shape));
        if (tape.Precision == Precision.Single)
            Forward<float>(tape, x, bias, output);
        else
            Forward<double>(tape, x, bias, output);
        if (tape.Tracks(x) || tape.Tracks(bias))
        {
            var operation = tape.Record<AddBiasOperation>(output);
            operation._input = x;
            operation._bias = bias;
        }
        return output;
    }

    protected internal override void Backward(Tape tape)
    {
        if (_bias.TracksGradient && tape.Precision == Precision.Single)
            AddRows<float>(tape);
        else if (_bias.TracksGradient)
            AddRows<double>(tape);
        if (_input.TracksGradient)
            GradientSum.HandOver(tape, _input, Output.Gradient!);
    }

    private static int RowsPerBlock(int features) => Math.Max(1, ElementBlocks.Elements / Math.Max(1, features));

    private static void Forward<T>(Tape tape, Tensor x, Tensor bias, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = x.Shape.Rows, features = bias.Shape[0];
        long count = (long)rows * features;
        fixed (T* source = x.As<T>(count), b = bias.As<T>(features), target = output.As<T>(count))
        {
            var kernel = new RowBlocks<T>(source, b, target, rows, features);
            tape.Kernels.Workers.Run((rows + RowsPerBlock(features) - 1) / RowsPerBlock(features), kernel);
        }
    }

    /// <summary>Adds all rows to the bias's gradient, shared by columns, so that every sum keeps its order.</summary>
    private void AddRows<T>(Tape tape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = Output.Shape.Rows, features = _bias.Shape[0];
        int columnsPerBlock = Math.Max(LeastColumns, RowsPerBlock(rows));
        long count = (long)rows * features;
        fixed (T* gradient = Output.Gradient!.As<T>(count), target = tape.GradientOf(_bias).As<T>(features))
        {
            var kernel = new ColumnBlocks<T>(gradient, target, rows, features, columnsPerBlock);
            tape.Kernels.Workers.Run((features + columnsPerBlock - 1) / columnsPerBlock, kernel);
        }
    }

    private readonly struct RowBlocks<T>(T* x, T* bias, T* output, int rows, int features) : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            int first = block * RowsPerBlock(features), end = Math.Min(rows, first + RowsPerBlock(features));
            for (nint start = (nint)first * features; start < (nint)end * features; start += features)
            {
                TensorPrimitives.Add(
                    new ReadOnlySpan<T>(x + start, features), new ReadOnlySpan<T>(bias, features), new Span<T>(output + start, features));
            }
        }
    }

    private readonly struct ColumnBlocks<T>(T* gradient, T* target, int rows, int features, int columnsPerBlock) : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            int first = block * columnsPerBlock, count = Math.Min(columnsPerBlock, features - first);
            var sums = new Span<T>(target + first, count);
            for (nint row = 0; row < rows; row++)
                TensorPrimitives.Add(sums, new ReadOnlySpan<T>(gradient + (row * features) + first, count), sums);
        }
    }
}
