using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>Limits gradients before a step.</summary>
public static class GradientClipping
{
    /// <summary>
    /// Scales all gradients so that their common Euclidean norm is at most <paramref name="maxNorm"/> (Pascanu,
    /// Mikolov, Bengio: "On the difficulty of training recurrent neural networks", ICML 2013).
    /// </summary>
    /// <returns>The norm before scaling; a norm that is not finite leaves the gradients as they are.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The largest norm is not positive.</exception>
    public static double ByNorm(IReadOnlyList<Parameter> parameters, double maxNorm)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNorm);
        double squares = 0;
        for (int i = 0; i < parameters.Count; i++)
            squares += SumOfSquares(parameters[i].Gradient);
        double norm = Math.Sqrt(squares);
        if (norm > maxNorm && double.IsFinite(norm))
        {
            for (int i = 0; i < parameters.Count; i++)
                Scale(parameters[i].Gradient, maxNorm / norm);
        }
        return norm;
    }

    // In double precision, as squares of single-precision numbers overflow early.
    private static double SumOfSquares(Tensor tensor)
    {
        if (tensor.Precision == Precision.Double)
            return TensorPrimitives.SumOfSquares<double>(tensor.As<double>());
        double sum = 0;
        foreach (float value in tensor.Values)
            sum += (double)value * value;
        return sum;
    }

    private static void Scale(Tensor tensor, double factor)
    {
        if (tensor.Precision == Precision.Double)
            TensorPrimitives.Multiply(tensor.As<double>(), factor, tensor.As<double>());
        else
            TensorPrimitives.Multiply(tensor.Values, (float)factor, tensor.Values);
    }
}
