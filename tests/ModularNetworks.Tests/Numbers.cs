using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Numbers of tensors in either precision.</summary>
internal static class Numbers
{
    public static double[] ToDoubles(this Tensor tensor) => tensor.Precision == Precision.Double
        ? tensor.As<double>().ToArray()
        : Array.ConvertAll(tensor.Values.ToArray(), value => (double)value);

    public static Tensor ToTensor(this IReadOnlyList<double> values, Precision precision, params ReadOnlySpan<int> sizes)
    {
        var tensor = Tensor.Allocate(new Shape(sizes), precision);
        tensor.Set(values);
        return tensor;
    }

    public static void Set(this Tensor tensor, IReadOnlyList<double> values)
    {
        Assert.Equal(tensor.Shape.Count, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            if (tensor.Precision == Precision.Double)
                tensor.As<double>()[i] = values[i];
            else
                tensor.Values[i] = (float)values[i];
        }
    }

    /// <summary>Numbers that are uniform between -1 and 1.</summary>
    public static double[] Uniform(RandomKey key, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (2.0 * key.Uniform((ulong)i)) - 1)];

    /// <summary>Sets every parameter to uniform numbers between -1 and 1, and clears the gradients.</summary>
    public static void Randomize(IReadOnlyList<Parameter> parameters, RandomKey key, Precision precision)
    {
        foreach (var parameter in parameters)
        {
            parameter.ConvertTo(precision);
            parameter.Value.Set(Uniform(key.Split(parameter.Name), parameter.Shape.Count));
        }
        ClearGradients(parameters);
    }

    public static void ClearGradients(IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
            parameter.Gradient.Set(new double[parameter.Shape.Count]);
    }

    public static void AssertClose(IReadOnlyList<double> expected, Tensor actual, double tolerance, string what) =>
        AssertClose(expected, actual.ToDoubles(), tolerance, what);

    public static void AssertClose(
        IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]);
            Assert.True(
                error <= tolerance * (1 + Math.Abs(expected[i])),
                $"{what}[{i}]: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }
}
