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
    public void Grouped_products(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        for (int length = 0; length <= Longest; length++)
        {
            CheckGrouped(kernels, inputs: 3, outputs: length);
            CheckGrouped(kernels, inputs: length, outputs: 3);
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
            LinearCrossEntropyCase.AssertClose(test.Losses(plain), test.Losses(kernels), Tolerance, $"loss of {classes}");
            foreach (var (expected, actual) in test.Gradients(plain).Zip(test.Gradients(kernels)))
                LinearCrossEntropyCase.AssertClose(expected, actual, Tolerance, $"gradient of {classes}");
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
                LinearCrossEntropyCase.AssertClose(expected[i], actual[i], Tolerance, $"tensor {i} of {length}");
            kernels.Fill(actual[0], 3);
            Assert.False(actual[0].Values.ContainsAnyExcept(3f));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void States_and_gradients_of_the_modular_unit(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        for (int hidden = 1; hidden <= Longest; hidden += hidden < 70 ? 1 : 31)
        {
            var sizes = new ModularGruSizes(Steps: 2, Batch: 2, hidden, Inputs: 2, Picks: 1, Modules: 2);
            var expected = new ModularGruCase(new PlainKernels<double>(workers), sizes);
            var actual = new ModularGruCase(kernels, sizes);
            expected.Run();
            actual.Run();
            foreach (var (wanted, got) in expected.Results.Zip(actual.Results))
                LinearCrossEntropyCase.AssertClose(wanted.Tensor, got.Tensor, Tolerance, $"{sizes}: {wanted.Name}");
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

    private static void CheckGrouped(Kernels kernels, int inputs, int outputs)
    {
        const int Rows = 5;
        var plain = new PlainKernels<double>(kernels.Workers);
        var groups = RowGroups.Sort(new Tape(kernels), IndexTensor.From(new Shape(Rows, 1), [2, 0, 2, 2, 0]), keyCount: 3);
        var input = RandomTensors.Normal(Key.Split(1), Rows, inputs);
        var weight = RandomTensors.Normal(Key.Split(2), 3, inputs, outputs);
        var gradient = RandomTensors.Normal(Key.Split(3), Rows, outputs);
        Tensor[] actual = [Zeros(Rows, outputs), Zeros(Rows, inputs), Zeros(3, inputs, outputs)];
        Tensor[] expected = [.. actual.Select(tensor => tensor.ToDouble())];
        Run(kernels, input, weight, gradient, actual);
        Run(plain, input.ToDouble(), weight.ToDouble(), gradient.ToDouble(), expected);
        for (int i = 0; i < actual.Length; i++)
            RandomTensors.AssertClose(expected[i], actual[i], inputs + outputs + Rows, $"result {i} of {inputs} x {outputs}");

        void Run(Kernels run, Tensor x, Tensor w, Tensor dy, Tensor[] results)
        {
            run.GroupedProduct(groups, Matrix.Of(x), MatrixStack.Of(w), bias: null, Matrix.Of(results[0]));
            run.GroupedProductInputGradient(groups, Matrix.Of(dy), MatrixStack.Of(w), Matrix.Of(results[1]));
            run.GroupedProductWeightGradient(
                groups, Matrix.Of(x), Matrix.Of(dy), MatrixStack.Of(results[2]), biasGradient: null);
        }
    }

    private static Tensor Zeros(params ReadOnlySpan<int> sizes) => Tensor.Allocate(new Shape(sizes));
}
