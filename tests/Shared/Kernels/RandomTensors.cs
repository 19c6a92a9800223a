using ModularNetworks.Engine;

namespace ModularNetworks.Testing;

/// <summary>Random numbers for kernels, and their comparison across precisions.</summary>
internal static class RandomTensors
{
    /// <summary>Standard normal numbers.</summary>
    public static Tensor Normal(RandomKey key, params ReadOnlySpan<int> sizes)
    {
        var tensor = Tensor.Allocate(new Shape(sizes));
        var values = tensor.Values;
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)key.Normal((ulong)i);
        return tensor;
    }

    /// <summary>Numbers that are uniform between -scale and scale.</summary>
    public static Tensor Uniform(RandomKey key, double scale, params ReadOnlySpan<int> sizes)
    {
        var tensor = Tensor.Allocate(new Shape(sizes));
        for (int i = 0; i < tensor.Shape.Count; i++)
            tensor.Values[i] = (float)(scale * ((2 * key.Uniform((ulong)i)) - 1));
        return tensor;
    }

    /// <summary>The same numbers in double precision.</summary>
    public static Tensor ToDouble(this Tensor tensor)
    {
        var copy = Tensor.Allocate(tensor.Shape, Precision.Double);
        for (int i = 0; i < tensor.Values.Length; i++)
            copy.As<double>()[i] = tensor.Values[i];
        return copy;
    }

    public static bool HasSameBits(this Tensor left, Tensor right) =>
        Bits(left).SequenceEqual(Bits(right));

    /// <summary>Fails if any element is farther from the expected one than sums of so many terms may be.</summary>
    public static void AssertClose(Tensor expected, Tensor actual, int terms, string what)
    {
        double tolerance = 1e-6 * (4 + terms);
        for (int i = 0; i < actual.Values.Length; i++)
        {
            double difference = Math.Abs(expected.As<double>()[i] - actual.Values[i]);
            if (!(difference <= tolerance))
                Assert.Fail($"{what}: element {i} is {actual.Values[i]}, expected {expected.As<double>()[i]}.");
        }
    }

    /// <summary>Fails if any element is farther from the expected one, e, than <c>tolerance (1 + |e|)</c>.</summary>
    public static void AssertNear(Tensor expected, Tensor actual, double tolerance, string what)
    {
        var (wanted, got) = (ToDoubles(expected), ToDoubles(actual));
        Assert.Equal(wanted.Length, got.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            double error = Math.Abs(got[i] - wanted[i]);
            Assert.True(
                error <= tolerance * (1 + Math.Abs(wanted[i])), $"{what}[{i}]: expected {wanted[i]}, got {got[i]}");
        }
    }

    /// <summary>The elements in double precision.</summary>
    public static double[] ToDoubles(Tensor tensor)
    {
        if (tensor.Precision == Precision.Double)
            return tensor.As<double>().ToArray();
        return Array.ConvertAll(tensor.Values.ToArray(), value => (double)value);
    }

    private static int[] Bits(Tensor tensor)
    {
        var bits = new int[tensor.Shape.Count];
        for (int i = 0; i < bits.Length; i++)
            bits[i] = BitConverter.SingleToInt32Bits(tensor.Values[i]);
        return bits;
    }
}
