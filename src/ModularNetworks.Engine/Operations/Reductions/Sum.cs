using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>Operations that make one number of several, such as sums and means.</summary>
public static partial class ReductionOperations
{
    /// <summary>The sum of all elements: <c>[...] -> []</c>.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="x">Any shape; the sum of no elements is 0.</param>
    public static Tensor Sum(this Tape tape, Tensor x) => SumOperation.Run(tape, x);
}

internal sealed class SumOperation : GenericOperation
{
    // Sums of pieces are added in double precision, so that long sums do not lose what they add. Pieces are short, as a
    // processor without vectors adds all of a piece in one row.
    private const int PieceSize = 128;

    private Tensor _input = null!;

    public static Tensor Run(Tape tape, Tensor x)
    {
        var output = tape.Rent(Shape.Scalar);
        if (tape.Precision == Precision.Single)
            output.As<float>()[0] = (float)Total<float>(x.As<float>());
        else
            output.As<double>()[0] = Total<double>(x.As<double>());
        if (tape.Tracks(x))
            tape.Record<SumOperation>(output)._input = x;
        return output;
    }

    /// <summary>The sum of all elements, the pieces in their order.</summary>
    public static double Total<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double total = 0;
        for (int start = 0; start < x.Length; start += PieceSize)
            total += double.CreateChecked(TensorPrimitives.Sum(x.Slice(start, Math.Min(PieceSize, x.Length - start))));
        return total;
    }

    protected override void Backward<T>(Tape tape)
    {
        var target = tape.GradientOf(_input).As<T>();
        TensorPrimitives.Add(target, Output.Gradient!.As<T>()[0], target);
    }
}
