using ModularNetworks.Engine;

namespace ModularNetworks.Tests.Operations;

public sealed class GroupedProductTests
{
    // Rows, K, modules, inputs of which some are used, outputs.
    private static readonly Case[] Cases =
    [
        new(0, 1, 4, 3, 2), new(1, 1, 1, 1, 1), new(7, 1, 3, 5, 8), new(13, 3, 40, 17, 9), new(50, 2, 5, 40, 16),
        new(200, 2, 300, 7, 33), new(700, 1, 3, 40, 8), new(900, 3, 4, 33, 31), new(3000, 2, 7, 8, 5),
        new(20, 2, 3, 300, 70),
    ];

    public static TheoryData<string> Widths => KernelWidths.All;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Forward_and_gradients_are_as_defined(string width)
    {
        using var one = new WorkerPool(1);
        using var workers = new WorkerPool(2);
        foreach (var test in Cases)
        {
            var expected = new Run(new PlainKernels<double>(one), test);
            var actual = new Run(KernelWidths.Create(width, workers), test);
            AssertClose(expected.Output, actual.Output, test.Inputs, $"output of {test}");
            int picks = test.Picks * test.Rows;
            AssertClose(expected.InputGradient, actual.InputGradient, test.Picks * test.Outputs, $"inputs of {test}");
            AssertClose(expected.WeightGradient, actual.WeightGradient, picks, $"weights of {test}");
            AssertClose(expected.BiasGradient, actual.BiasGradient, picks, $"biases of {test}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_number_of_threads_does_not_change_a_bit(string width)
    {
        foreach (var test in Cases)
        {
            using var one = new WorkerPool(1);
            var expected = new Run(KernelWidths.Create(width, one), test);
            for (int threads = 2; threads <= 3; threads++)
            {
                using var workers = new WorkerPool(threads);
                var actual = new Run(KernelWidths.Create(width, workers), test);
                Assert.True(expected.HasSameBits(actual), $"{test} with {threads} threads");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void An_unused_module_is_not_touched(string width)
    {
        using var workers = new WorkerPool(2);
        var kernels = KernelWidths.Create(width, workers);
        const int modules = 6, inputs = 4, outputs = 5, rows = 500;
        var groups = RowGroups.Sort(new Tape(kernels), Selection(rows, 2, modules: 2, first: 3), modules);
        var input = RandomTensors.Normal(RandomKey.FromSeed(1), rows, inputs);
        var gradient = RandomTensors.Normal(RandomKey.FromSeed(2), rows * 2, outputs);
        var weightGradient = Tensor.Allocate(new Shape(modules, inputs, outputs));
        var biasGradient = Tensor.Allocate(new Shape(modules, outputs));
        weightGradient.Values.Fill(float.NaN);
        biasGradient.Values.Fill(float.NaN);
        weightGradient.Values[(3 * inputs * outputs)..(5 * inputs * outputs)].Clear();
        biasGradient.Values[(3 * outputs)..(5 * outputs)].Clear();

        kernels.GroupedProductWeightGradient(
            groups, Matrix.Of(input), Matrix.Of(gradient), MatrixStack.Of(weightGradient), biasGradient);

        for (int i = 0; i < weightGradient.Values.Length; i++)
            Assert.Equal(i / (inputs * outputs) is not 3 and not 4, float.IsNaN(weightGradient.Values[i]));
        for (int i = 0; i < biasGradient.Values.Length; i++)
            Assert.Equal(i / outputs is not 3 and not 4, float.IsNaN(biasGradient.Values[i]));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void An_unused_module_is_not_read(string width)
    {
        using var workers = new WorkerPool(2);
        var kernels = KernelWidths.Create(width, workers);
        var groups = RowGroups.Sort(new Tape(kernels), Selection(100, 2, modules: 1, first: 1), 3);
        var weight = RandomTensors.Normal(RandomKey.FromSeed(1), 3, 7, 9);
        weight.Values[..(7 * 9)].Fill(float.NaN);
        weight.Values[(2 * 7 * 9)..].Fill(float.NaN);
        var input = RandomTensors.Normal(RandomKey.FromSeed(2), 100, 7);
        var output = Tensor.Allocate(new Shape(200, 9));
        var inputGradient = Tensor.Allocate(new Shape(100, 7));

        kernels.GroupedProduct(groups, Matrix.Of(input), MatrixStack.Of(weight), null, Matrix.Of(output));
        kernels.GroupedProductInputGradient(
            groups, Matrix.Of(output), MatrixStack.Of(weight), Matrix.Of(inputGradient));

        Assert.All(output.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(inputGradient.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Repeated_steps_allocate_nothing(string width)
    {
        using var workers = new WorkerPool(2);
        var run = new Run(KernelWidths.Create(width, workers), new Case(2000, 2, 10, 40, 16));
        Allocations.AssertNone(run.Repeat);
    }

    private static void AssertClose(Tensor expected, Tensor actual, int terms, string what) =>
        RandomTensors.AssertClose(expected, actual, 2 * terms, what);

    private static IndexTensor Selection(int rows, int picks, int modules, int first = 0)
    {
        var selection = IndexTensor.Allocate(new Shape(rows, picks));
        var key = RandomKey.FromSeed(7);
        for (int i = 0; i < rows * picks; i++)
            selection.Values[i] = first + key.Below((ulong)i, modules);
        return selection;
    }

    private sealed record Case(int Rows, int Picks, int Modules, int Inputs, int Outputs);

    /// <summary>One forward and backward pass over random numbers, the same for all kernels.</summary>
    private sealed class Run
    {
        private readonly Kernels _kernels;
        private readonly RowGroups _groups;
        private readonly Matrix _input;
        private readonly Matrix _gradient;
        private readonly MatrixStack _weight;
        private readonly Tensor _bias;
        private readonly int _inputs;

        public Run(Kernels kernels, Case test)
        {
            _kernels = kernels;
            _inputs = test.Inputs;
            int allInputs = test.Inputs + 3;
            var selection = Selection(test.Rows, test.Picks, test.Modules);
            _groups = RowGroups.Sort(new Tape(kernels), selection, test.Modules);
            _input = Matrix.Of(Random(1, test.Rows, allInputs)).ColumnRange(test.Rows == 0 ? 0 : 1, test.Inputs);
            _weight = new MatrixStack(Random(2, test.Modules, allInputs, test.Outputs), 2, test.Inputs);
            _bias = Random(3, test.Modules, test.Outputs);
            _gradient = Matrix.Of(Random(4, test.Rows * test.Picks, test.Outputs));
            Output = Random(5, test.Rows * test.Picks, test.Outputs);
            InputGradient = Random(6, test.Rows, allInputs);
            WeightGradient = Random(7, test.Modules, allInputs, test.Outputs);
            BiasGradient = Random(8, test.Modules, test.Outputs);
            Repeat();
        }

        public Tensor Output { get; }

        public Tensor InputGradient { get; }

        public Tensor WeightGradient { get; }

        public Tensor BiasGradient { get; }

        public void Repeat()
        {
            var inputGradient = Matrix.Of(InputGradient).ColumnRange(_input.Offset, _inputs);
            _kernels.GroupedProduct(_groups, _input, _weight, _bias, Matrix.Of(Output));
            _kernels.GroupedProductInputGradient(_groups, _gradient, _weight, inputGradient);
            _kernels.GroupedProductWeightGradient(_groups, _input, _gradient, _weight.In(WeightGradient), BiasGradient);
        }

        public bool HasSameBits(Run other) =>
            Output.HasSameBits(other.Output)
            && InputGradient.HasSameBits(other.InputGradient)
            && WeightGradient.HasSameBits(other.WeightGradient)
            && BiasGradient.HasSameBits(other.BiasGradient);

        private Tensor Random(ulong seed, params ReadOnlySpan<int> sizes)
        {
            var tensor = RandomTensors.Normal(RandomKey.FromSeed(seed), sizes);
            return _kernels.Precision == Precision.Double ? tensor.ToDouble() : tensor;
        }
    }
}
