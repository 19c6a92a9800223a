using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>Passes a gradient on unchanged: what operations with a derivative of one share.</summary>
internal static class GradientSum
{
    /// <summary>Adds a gradient to the gradient of an input that tracks one, and does nothing for others.</summary>
    /// <param name="tape">Owns the gradients.</param>
    /// <param name="input">As many elements as <paramref name="gradient"/>.</param>
    /// <param name="gradient">Added.</param>
    public static void AddIfTracked(Tape tape, Tensor input, Tensor gradient)
    {
        if (input.TracksGradient)
            Add(tape, input, gradient);
    }

    /// <summary>
    /// Adds an output's gradient to that of its only input; an input that has none yet shares the output's, which nobody
    /// reads any more.
    /// </summary>
    /// <param name="tape">Owns the gradients.</param>
    /// <param name="input">As many elements as <paramref name="gradient"/>.</param>
    /// <param name="gradient">The output's.</param>
    public static void HandOver(Tape tape, Tensor input, Tensor gradient)
    {
        if (!tape.TryHandOver(gradient, input))
            Add(tape, input, gradient);
    }

    /// <summary>Adds a gradient to the gradient of an input, element by element.</summary>
    /// <param name="tape">Owns the gradients.</param>
    /// <param name="input">As many elements as <paramref name="gradient"/>.</param>
    /// <param name="gradient">Added.</param>
    public static void Add(Tape tape, Tensor input, Tensor gradient)
    {
        var target = tape.GradientOf(input);
        if (tape.Precision == Precision.Single)
            Add<float>(target.As<float>(), gradient.As<float>());
        else
            Add<double>(target.As<double>(), gradient.As<double>());
    }

    private static void Add<T>(Span<T> target, ReadOnlySpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Add(target, gradient, target);
}
