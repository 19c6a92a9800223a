using ModularNetworks.Engine;

namespace ModularNetworks.Tests.Operations;

/// <summary>Grouped products at every length from 0 to 256 of the axis that their vectors run along.</summary>
public sealed class GroupedProductLengthTests
{
    private const int Longest = 256;

    public static TheoryData<string> Widths => KernelWidths.All;

    private static RandomKey Key => RandomKey.FromSeed(5);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Products_along_inputs_and_outputs(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        for (int length = 0; length <= Longest; length++)
        {
            CheckGrouped(kernels, inputs: 3, outputs: length);
            CheckGrouped(kernels, inputs: length, outputs: 3);
        }
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
