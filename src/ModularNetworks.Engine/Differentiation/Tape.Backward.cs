namespace ModularNetworks.Engine;

public sealed partial class Tape
{
    /// <summary>
    /// Adds the derivatives of <paramref name="loss"/> to the gradients of all parameters that it depends on
    /// (reverse-mode differentiation).
    /// </summary>
    /// <exception cref="ShapeException">The loss is not a single number.</exception>
    /// <exception cref="InvalidOperationException">
    /// The step is not recorded, the loss is not computed from a parameter on this tape, or this is the step's second
    /// backward pass.
    /// </exception>
    public void Backward(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Shape.Count != 1)
            throw new ShapeException($"Backward: the loss has shape {loss.Shape}; it must be a single number. Sum "
                + "or average it.");
        var one = Rent(loss.Shape);
        Kernels.Fill(one, 1);
        Backward(loss, one);
    }

    /// <summary>
    /// Adds the derivatives of a loss that was computed elsewhere, given what it has with respect to
    /// <paramref name="output"/>, to the gradients of all parameters that the output depends on.
    /// </summary>
    /// <param name="output">A result of this tape.</param>
    /// <param name="gradient">The loss's derivatives with respect to the output, of its shape.</param>
    /// <exception cref="ShapeException">The two shapes differ.</exception>
    /// <exception cref="ArgumentException">The gradient has another precision than the tape.</exception>
    /// <exception cref="InvalidOperationException">
    /// The step is not recorded, the output is not computed from a parameter on this tape, or this is the step's second
    /// backward pass.
    /// </exception>
    public void Backward(Tensor output, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(gradient);
        if (gradient.Shape != output.Shape)
            throw new ShapeException($"Backward: the gradient has shape {gradient.Shape}, the output {output.Shape}; they must agree.");
        if (gradient.Precision != Precision)
            throw new ArgumentException($"Backward: the gradient holds {gradient.Precision} elements, the tape's tensors {Precision}; they must agree.");
        var step = _step.Current;
        int last = LastRecorded(step, output);
        step.WentBackward = true;
        output.Gradient = gradient;
        step.GivenGradient = gradient;
        for (int i = last; i >= 0; i--)
        {
            // A result that the loss does not depend on has no gradient to pass on.
            if (step.Recorded[i].Output.Gradient is not null)
                step.Recorded[i].Backward(this);
        }
    }

    /// <summary>The number of the operation that made an output from which a backward pass can begin.</summary>
    private static int LastRecorded(TapeStep step, Tensor output)
    {
        int last = step.Recorded.Count - 1;
        while (last >= 0 && !ReferenceEquals(step.Recorded[last].Output, output))
            last--;
        if (last < 0)
        {
            throw new InvalidOperationException(
                "Backward: the loss was not computed from a parameter on this tape, or the tape was reset with "
                + "recording off.");
        }
        if (step.WentBackward)
        {
            throw new InvalidOperationException(
                "Backward: this step already had a backward pass, whose gradients would be counted again. Add the "
                + "losses, or Reset the tape first.");
        }
        return last;
    }
}
