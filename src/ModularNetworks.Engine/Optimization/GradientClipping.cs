using System.Numerics;
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
    /// <exception cref="ArgumentException">Of a parameter each rank has a part only.</exception>
    public static double ByNorm(IReadOnlyList<Parameter> parameters, double maxNorm)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!(maxNorm > 0))
            throw new ArgumentOutOfRangeException(nameof(maxNorm), $"GradientClipping: the largest norm is {maxNorm}; it must be positive.");
        Parameter.RequireWhole(parameters, "GradientClipping", "Its norm is not known here; train without a largest norm.");
        double squares = 0;
        for (int i = 0; i < parameters.Count; i++)
            squares += SumOfSquares(parameters[i]);
        double norm = Math.Sqrt(squares);
        if (norm > maxNorm && double.IsFinite(norm))
        {
            for (int i = 0; i < parameters.Count; i++)
                Scale(parameters[i], maxNorm / norm);
        }
        return norm;
    }

    // In double precision, as squares of single-precision numbers overflow early.
    private static double SumOfSquares(Parameter parameter)
    {
        double sum = 0;
        for (int part = 0; part < parameter.GradientParts; part++)
        {
            if (parameter.Value.Precision == Precision.Double)
            {
                sum += TensorPrimitives.SumOfSquares<double>(parameter.GradientPart<double>(part));
                continue;
            }
            foreach (float value in parameter.GradientPart<float>(part))
                sum += (double)value * value;
        }
        return sum;
    }

    private static void Scale(Parameter parameter, double factor)
    {
        if (parameter.Value.Precision == Precision.Double)
            Scale<double>(parameter, factor);
        else
            Scale<float>(parameter, factor);
    }

    private static void Scale<T>(Parameter parameter, double factor)
        where T : unmanaged, INumber<T>
    {
        for (int part = 0; part < parameter.GradientParts; part++)
        {
            var gradient = parameter.GradientPart<T>(part);
            TensorPrimitives.Multiply(gradient, T.CreateChecked(factor), gradient);
        }
    }
}
