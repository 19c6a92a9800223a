namespace ModularNetworks.Engine.Tests;

/// <summary>Every kernel at every length from 0 (or 1) to 256 of the axis that its vectors run along.</summary>
public sealed class EveryLengthTests
{
    private const int Longest = 256;
    private const double Tolerance = 2e-5;

    public static TheoryData<string> Widths => KernelWidths.All;

    private static RandomKey Key => RandomKey.FromSeed(5);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Products_along_columns_and_along_sums(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        for (int length = 0; length <= Longest; length++)
        {
            foreach (bool transposed in (bool[])[false, true])
            {
                CheckProduct(kernels, inner: 3, columns: length, transposed);
                CheckProduct(kernels, inner: length, columns: 3, transposed);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Softmax_losses_and_gradients(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        var plain = new PlainKernels<double>(workers);
        for (int classes = 1; classes <= Longest; classes++)
        {
            var test = new LinearCrossEntropyCase(rows: 3, features: 4, classes);
            RandomTensors.AssertNear(test.Losses(plain), test.Losses(kernels), Tolerance, $"loss of {classes}");
            foreach (var (expected, actual) in test.Gradients(plain).Zip(test.Gradients(kernels)))
                RandomTensors.AssertNear(expected, actual, Tolerance, $"gradient of {classes}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Steps_of_the_optimiser_and_filling(string width)
    {
        using var workers = new WorkerPool(1);
        var (kernels, plain) = (KernelWidths.Create(width, workers), new PlainKernels<double>(workers));
        var settings = new AdamStepSettings(0.01, 0.9, 0.999, 1.1, 1e-8, 0.98);
        for (int length = 0; length <= Longest; length++)
        {
            Tensor[] actual = [.. Enumerable.Range(0, 4).Select(i => RandomTensors.Normal(Key.Split((ulong)i), length))];
            TensorsSquared(actual[3]); // an average of squares is not negative
            Tensor[] expected = [.. actual.Select(tensor => tensor.ToDouble())];
            kernels.AdamStep(actual[0], actual[1], actual[2], actual[3], settings);
            plain.AdamStep(expected[0], expected[1], expected[2], expected[3], settings);
            for (int i = 0; i < 4; i++)
                RandomTensors.AssertNear(expected[i], actual[i], Tolerance, $"tensor {i} of {length}");
            kernels.Fill(actual[0], 3);
            Assert.False(actual[0].Values.ContainsAnyExcept(3f));
        }
    }

    private static void TensorsSquared(Tensor tensor)
    {
        foreach (ref float value in tensor.Values)
            value *= value;
    }

    private static void CheckProduct(Kernels kernels, int inner, int columns, bool transposed)
    {
        const int Rows = 3;
        var left = transposed ? RandomTensors.Normal(Key, inner, Rows) : RandomTensors.Normal(Key, Rows, inner);
        var right = transposed ? RandomTensors.Normal(Key, columns, inner) : RandomTensors.Normal(Key, inner, columns);
        var actual = Tensor.Allocate(new Shape(Rows, columns));
        var expected = actual.ToDouble();
        kernels.MatrixProduct(
            Matrix.Of(left), transposed, Matrix.Of(right), transposed, Matrix.Of(actual), accumulate: false);
        new PlainKernels<double>(kernels.Workers).MatrixProduct(
            Matrix.Of(left.ToDouble()), transposed, Matrix.Of(right.ToDouble()), transposed, Matrix.Of(expected), accumulate: false);
        RandomTensors.AssertClose(expected, actual, inner, $"{inner} x {columns}");
    }
}
