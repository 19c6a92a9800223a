using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>A function of two numbers and its derivatives, applied to whole tensors.</summary>
internal interface IBinaryFunction
{
    /// <summary>The name in error messages.</summary>
    static abstract string Name { get; }

    /// <summary>The function's values.</summary>
    static abstract void Value<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Adds to the gradient of the left argument.</summary>
    static abstract void AddLeft<T>(ReadOnlySpan<T> right, ReadOnlySpan<T> gradient, Span<T> leftGradient)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Adds to the gradient of the right argument.</summary>
    static abstract void AddRight<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> gradient, Span<T> rightGradient)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>Applies a function to the elements of two tensors of the same shape.</summary>
/// <typeparam name="TSelf">The subclass, which is also the function.</typeparam>
internal abstract class BinaryOperation<TSelf> : GenericOperation
    where TSelf : BinaryOperation<TSelf>, IBinaryFunction, new()
{
    private Tensor _left = null!;
    private Tensor _right = null!;

    public static Shape OutputShape(Shape left, Shape right)
    {
        if (left != right)
        {
            throw new ShapeException(
                $"{TSelf.Name}: left has shape {left}, right {right}; they must be the same. Reshape one, or use "
                + "AddBias for one row that is added to all.");
        }
        return left;
    }

    public static Tensor Run(Tape tape, Tensor left, Tensor right)
    {
        var output = tape.Rent(OutputShape(left.Shape, right.Shape));
        if (tape.Precision == Precision.Single)
            TSelf.Value<float>(left.As<float>(), right.As<float>(), output.As<float>());
        else
            TSelf.Value<double>(left.As<double>(), right.As<double>(), output.As<double>());
        if (tape.Tracks(left) || tape.Tracks(right))
        {
            var operation = tape.Record<TSelf>(output);
            operation._left = left;
            operation._right = right;
        }
        return output;
    }

    protected override void Backward<T>(Tape tape)
    {
        var gradient = Output.Gradient!.As<T>();
        if (_left.TracksGradient)
            TSelf.AddLeft<T>(_right.As<T>(), gradient, tape.GradientOf(_left).As<T>());
        if (_right.TracksGradient)
            TSelf.AddRight<T>(_left.As<T>(), gradient, tape.GradientOf(_right).As<T>());
    }
}
