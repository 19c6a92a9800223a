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
            RandomTensors.Uniform(key.Split("hidden"), hiddenScale, rows, features),
            RandomTensors.Uniform(key.Split("weight"), 1, features, classes),
            RandomTensors.Uniform(key.Split("bias"), 1, classes),
            RandomTensors.Uniform(key.Split("row weights"), 1, rows),
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
        kernels.LinearCrossEntropyGradients(new(
            Matrix.Of(hidden), Matrix.Of(weight), In(kernels, Bias), Targets, WeightRows ? In(kernels, RowWeights) : null,
            results[0], Matrix.Of(results[1]), Matrix.Of(results[2]), results[3]));
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
