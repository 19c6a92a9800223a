namespace ModularNetworks.Engine.Tests;

/// <summary>A random softmax classifier in both precisions, and the results of a run on it.</summary>
internal sealed class LinearCrossEntropyCase
{
    private readonly Tensor[] _inputs;

    public LinearCrossEntropyCase(int rows, int features, int classes, double hiddenScale = 1, bool weightRows = false)
    {
        var key = RandomKey.FromSeed((ulong)((rows * 1_000_003) + (features * 1009) + classes));
        _inputs =
        [
            Random(key.Split("hidden"), hiddenScale, rows, features),
            Random(key.Split("weight"), 1, features, classes),
            Random(key.Split("bias"), 1, classes),
            Random(key.Split("row weights"), 1, rows),
        ];
        Targets = IndexTensor.Allocate(new Shape(rows));
        for (int row = 0; row < rows; row++)
            Targets.Values[row] = key.Split("targets").Below((ulong)row, classes);
        WeightRows = weightRows;
        MagnitudeOfLogits = (hiddenScale * features) + 1;
    }

    public IndexTensor Targets { get; }

    public bool WeightRows { get; }

    public double MagnitudeOfLogits { get; }

    public Tensor Hidden => _inputs[0];

    public Tensor Weight => _inputs[1];

    public Tensor Bias => _inputs[2];

    public Tensor RowWeights => _inputs[3];

    public static Tensor Random(RandomKey key, double scale, params int[] sizes)
    {
        var tensor = Tensor.Allocate(new Shape(sizes));
        for (int i = 0; i < tensor.Shape.Count; i++)
            tensor.Values[i] = (float)(scale * ((2 * key.Uniform((ulong)i)) - 1));
        return tensor;
    }

    /// <summary>Losses, hidden gradient, weight gradient, bias gradient.</summary>
    public Tensor[] Gradients(Kernels kernels)
    {
        var results = NewResults(kernels.Precision);
        GradientsInto(kernels, results);
        return results;
    }

    public void GradientsInto(Kernels kernels, Tensor[] results)
    {
        var (hidden, weight) = (In(kernels, Hidden), In(kernels, Weight));
        kernels.LinearCrossEntropyGradients(
            Matrix.Of(hidden), Matrix.Of(weight), In(kernels, Bias), Targets, WeightRows ? In(kernels, RowWeights) : null,
            results[0], Matrix.Of(results[1]), Matrix.Of(results[2]), results[3]);
    }

    public Tensor Losses(Kernels kernels)
    {
        var losses = Tensor.Allocate(Targets.Shape, kernels.Precision);
        LossesInto(kernels, losses);
        return losses;
    }

    public void LossesInto(Kernels kernels, Tensor losses) => kernels.LinearCrossEntropy(
        Matrix.Of(In(kernels, Hidden)), Matrix.Of(In(kernels, Weight)), In(kernels, Bias), Targets, losses);

    /// <summary>Results to write to, filled with what must not survive.</summary>
    public Tensor[] NewResults(Precision precision)
    {
        var shapes = new[] { Targets.Shape, Hidden.Shape, Weight.Shape, Bias.Shape };
        var results = shapes.Select(shape => Tensor.Allocate(shape, precision)).ToArray();
        foreach (var result in results.Where(result => precision == Precision.Single))
            result.Values.Fill(float.NaN);
        return results;
    }

    public static double[] ToDoubles(Tensor tensor)
    {
        if (tensor.Precision == Precision.Double)
            return tensor.As<double>().ToArray();
        return Array.ConvertAll(tensor.Values.ToArray(), value => (double)value);
    }

    public static void AssertClose(Tensor expected, Tensor actual, double tolerance, string what)
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

    private static Tensor In(Kernels kernels, Tensor tensor)
    {
        if (kernels.Precision == Precision.Single)
            return tensor;
        var converted = Tensor.Allocate(tensor.Shape, Precision.Double);
        for (int i = 0; i < tensor.Shape.Count; i++)
            converted.As<double>()[i] = tensor.Values[i];
        return converted;
    }
}
