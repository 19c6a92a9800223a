namespace ModularNetworks.Engine;

/// <summary>
/// Compares the gradients of a backward pass with central differences, <c>(f(x + h) - f(x - h)) / 2h</c>, in double
/// precision on plain kernels. For tests of operations and layers.
/// </summary>
public static class GradientCheck
{
    // Rounding errors shrink with the step and truncation errors grow with its square; this balances them for losses
    // of the order of 1.
    private const double Step = 1e-6;

    /// <summary>
    /// Checks every element of every parameter and returns the worst. A correct gradient of a smooth loss of the
    /// order of
    /// 1 has an error below 1e-6; a parameter within 1e-6 of a kink, such as 0 for <c>Relu</c>, may have a large one.
    /// </summary>
    /// <param name="parameters">The parameters to differentiate by. In double precision during the check, and unchanged after it,
    /// except that gradients are cleared.</param>
    /// <param name="loss">Computes a single number from the parameters on the given tape, the same at each
    /// call.</param>
    /// <exception cref="ArgumentException">There are no elements to check.</exception>
    /// <exception cref="ShapeException">The loss is not a single number.</exception>
    public static GradientError LargestError(IReadOnlyList<Parameter> parameters, Func<Tape, Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(loss);
        if (parameters.All(parameter => parameter.Shape.Count == 0))
            throw new ArgumentException("GradientCheck: the parameters have no elements; at least one is "
                + "needed.", nameof(parameters));
        var precisions = parameters.Select(parameter => parameter.Value.Precision).ToArray();
        foreach (var parameter in parameters)
            parameter.ConvertTo(Precision.Double);
        try
        {
            return Compare(parameters, loss);
        }
        finally
        {
            for (int i = 0; i < precisions.Length; i++)
                parameters[i].ConvertTo(precisions[i]);
        }
    }

    private static GradientError Compare(IReadOnlyList<Parameter> parameters, Func<Tape, Tensor> loss)
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(new PlainKernels<double>(workers));
        foreach (var parameter in parameters)
            parameter.Gradient.As<double>().Clear();
        tape.Backward(loss(tape));
        GradientError? worst = null;
        foreach (var parameter in parameters)
        {
            for (int element = 0; element < parameter.Shape.Count; element++)
            {
                double analytic = parameter.Gradient.As<double>()[element];
                var error = new GradientError(parameter.Name, element, analytic, Difference(tape, parameter, element, loss));
                // Written so that not-a-number counts as worse than any number.
                if (worst is null || (!double.IsNaN(worst.Value.Size) && !(error.Size <= worst.Value.Size)))
                    worst = error;
            }
            parameter.Gradient.As<double>().Clear();
        }
        return worst!.Value;
    }

    private static double Difference(Tape tape, Parameter parameter, int element, Func<Tape, Tensor> loss)
    {
        double value = parameter.Value.As<double>()[element];
        double above = LossAt(value + Step), below = LossAt(value - Step);
        parameter.Value.As<double>()[element] = value;
        return (above - below) / (2 * Step);

        double LossAt(double changed)
        {
            parameter.Value.As<double>()[element] = changed;
            tape.Reset(recording: false);
            return loss(tape).ToScalar();
        }
    }
}
