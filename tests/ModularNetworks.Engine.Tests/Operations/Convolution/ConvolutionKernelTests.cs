namespace ModularNetworks.Engine.Tests;

public sealed class ConvolutionKernelTests
{
    // Rows, images, K, modules, outputs of a module, image, window.
    private static readonly Case[] Cases =
    [
        new(1, 1, 1, 1, 1, new(1, 1, 1), new(1)),
        new(0, 0, 1, 2, 3, new(2, 3, 3), new(3)),
        new(7, 7, 1, 3, 1, new(3, 8, 8), new(3, 2, 0, 1)),
        new(12, 4, 2, 5, 1, new(3, 32, 32), new(3, 2, 0, 1)),
        new(9, 9, 3, 40, 2, new(2, 5, 9), new(2, 1)),
        new(6, 6, 2, 4, 5, new(3, 7, 6), new(3, 1, 1, 1)),
        new(5, 5, 1, 1, 9, new(4, 11, 17), new(5, 3, 2, 1)),
        new(8, 2, 1, 3, 3, new(1, 4, 21), new(1, 3)),
        new(3, 3, 1, 2, 2, new(2, 2, 2), new(5, 2, 4, 3)),
        new(40, 40, 2, 3, 4, new(2, 6, 6), new(4, 4)),
        new(2, 2, 1, 2, 17, new(5, 9, 33), new(3, 1, 1, 1)),
        new(6, 3, 2, 4, 6, new(2, 16, 16), new(3, 2, 0, 1)),
        new(44, 4, 2, 3, 1, new(2, 16, 8), new(3, 2, 0, 1)),
        new(5, 5, 1, 1, 7, new(2, 12, 8), new(3, 2, 0, 1)),
        new(4, 4, 1, 1, 4, new(3, 6, 32), new(3, 1, 1, 1)),
        new(3, 3, 1, 2, 2, new(2, 16, 16), new(3, 2, 1, 0)),
        new(3, 3, 1, 2, 2, new(2, 7, 16), new(3, 2, 0, 1)),
        new(2, 2, 1, 2, 3, new(2, 12, 8), new(1, 2)),
        new(2, 2, 1, 2, 3, new(3, 6, 4), new(3, 2, 2, 1)),
        // A stride that the window never takes.
        new(2, 2, 1, 2, 3, new(2, 2, 3), new(2, 300_000_000, 0, 0)),
        new(2, 2, 1, 2, 3, new(2, 3, 2), new(3, int.MaxValue, 0, 1)),
        // Long strides that it takes in one direction only.
        new(2, 2, 1, 2, 3, new(1, 60_000, 1), new(1, 50_000)),
        new(2, 2, 1, 2, 3, new(2, 19, 2), new(2, 17)),
        new(2, 2, 1, 2, 3, new(2, 3, 19), new(3, 16)),
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
            int picks = test.Rows * test.Picks, positions = test.Patches.Positions, patch = test.Patches.Size;
            AssertClose(expected.Output, actual.Output, patch, $"output of {test}");
            AssertClose(expected.InputGradient, actual.InputGradient, picks * test.Outputs * patch, $"inputs of {test}");
            AssertClose(expected.WeightGradient, actual.WeightGradient, picks * positions, $"weights of {test}");
            AssertClose(expected.BiasGradient, actual.BiasGradient, picks * positions, $"biases of {test}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Means_and_their_gradients_are_as_defined(string width)
    {
        using var one = new WorkerPool(1);
        using var workers = new WorkerPool(2);
        foreach (var test in Cases)
        {
            var expected = new Run(new PlainKernels<double>(one), test, averages: true);
            var actual = new Run(KernelWidths.Create(width, workers), test, averages: true);
            int picks = test.Rows * test.Picks, positions = test.Patches.Positions, patch = test.Patches.Size;
            AssertClose(expected.Means, actual.Means, patch, $"means of {test}");
            Assert.True(actual.Means.HasSameBits(actual.MeansAlone()), $"means without output of {test}");
            AssertClose(expected.InputGradient, actual.InputGradient, picks * test.Outputs * patch, $"inputs of {test}");
            AssertClose(expected.WeightGradient, actual.WeightGradient, picks * positions, $"weights of {test}");
            AssertClose(expected.BiasGradient, actual.BiasGradient, picks * positions, $"biases of {test}");
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
    public void An_image_gives_the_same_bits_in_any_batch(string width)
    {
        using var workers = new WorkerPool(2);
        var patches = new ImagePatches(new ImageShape(3, 9, 9), new Window(3, 2, 0, 1));
        var kernels = KernelWidths.Create(width, workers);
        var input = RandomTensors.Normal(RandomKey.FromSeed(1), 6, patches.Image.Count);
        var weight = RandomTensors.Normal(RandomKey.FromSeed(2), 2, patches.Size);
        var together = Convolve(kernels, patches, input, weight);
        for (int image = 0; image < 6; image++)
        {
            var alone = Tensor.From(
                new Shape(1, patches.Image.Count), input.Values.Slice(image * patches.Image.Count, patches.Image.Count));
            int outputs = 2 * patches.Positions;
            var expected = together.Values.Slice(image * outputs, outputs).ToArray();
            Assert.Equal(expected, Convolve(kernels, patches, alone, weight).Values.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Modules_that_nobody_picked_are_neither_read_nor_touched(string width)
    {
        using var workers = new WorkerPool(2);
        var kernels = KernelWidths.Create(width, workers);
        var patches = new ImagePatches(new ImageShape(2, 5, 5), new Window(3, 1, 1, 1));
        var selection = IndexTensor.From(new Shape(3, 2), [1, 1, 1, 1, 1, 1]);
        var weight = RandomTensors.Normal(RandomKey.FromSeed(1), 3, 2, patches.Size);
        int module = 2 * patches.Size;
        weight.Values[..module].Fill(float.NaN);
        weight.Values[(2 * module)..].Fill(float.NaN);
        var input = RandomTensors.Normal(RandomKey.FromSeed(2), 3, patches.Image.Count);
        var groups = RowGroups.Sort(new Tape(kernels), selection, 3);
        var arguments = new ConvolutionArguments(patches, input, groups, weight, null, Rectifies: true);
        var output = Tensor.Allocate(new Shape(6, 2 * patches.Positions));
        var (inputGradient, weightGradient) = (Tensor.Allocate(input.Shape), Tensor.Allocate(weight.Shape));
        weightGradient.Values.Fill(float.NaN);
        weightGradient.Values.Slice(module, module).Clear();

        kernels.Convolution(arguments, output);
        kernels.ConvolutionInputGradient(arguments, output, output, inputGradient);
        kernels.ConvolutionWeightGradient(arguments, output, output, weightGradient, null);

        Assert.All(output.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(inputGradient.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
        for (int i = 0; i < weightGradient.Values.Length; i++)
            Assert.Equal(i / module != 1, float.IsNaN(weightGradient.Values[i]));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Repeated_steps_allocate_nothing(string width)
    {
        using var workers = new WorkerPool(2);
        var run = new Run(KernelWidths.Create(width, workers), new Case(40, 40, 2, 6, 2, new(3, 12, 12), new(3, 2, 0, 1)));
        Allocations.AssertNone(run.Repeat);
    }

    private static Tensor Convolve(Kernels kernels, ImagePatches patches, Tensor input, Tensor weight)
    {
        var selection = IndexTensor.Allocate(new Shape(input.Shape[0], 1));
        var groups = RowGroups.Sort(new Tape(kernels), selection, 1);
        var output = Tensor.Allocate(new Shape(input.Shape[0], weight.Shape[0] * patches.Positions));
        kernels.Convolution(new ConvolutionArguments(patches, input, groups, weight, null), output);
        return output;
    }

    private static void AssertClose(Tensor expected, Tensor actual, int terms, string what) =>
        RandomTensors.AssertClose(expected, actual, 2 * terms, what);

    private sealed record Case(
        int Rows, int Images, int Picks, int Modules, int Outputs, ImageShape Image, Window Window)
    {
        public ImagePatches Patches => new(Image, Window);

        // Every other case, by its sizes.
        public bool Rectifies => Outputs % 2 == 1;
    }

    /// <summary>One forward and backward pass over random numbers, the same for all kernels.</summary>
    private sealed class Run
    {
        private readonly Kernels _kernels;
        private readonly ConvolutionArguments _arguments;
        private readonly Tensor _gradient;

        public Run(Kernels kernels, Case test, bool averages = false)
        {
            _kernels = kernels;
            var selection = IndexTensor.Allocate(new Shape(test.Rows, test.Picks));
            for (int i = 0; i < selection.Values.Length; i++)
                selection.Values[i] = RandomKey.FromSeed(7).Below((ulong)i, test.Modules);
            int outputs = test.Outputs * test.Patches.Positions;
            _arguments = new ConvolutionArguments(
                test.Patches,
                Random(1, test.Images, test.Image.Count),
                RowGroups.Sort(new Tape(kernels), selection, test.Modules),
                Random(2, test.Modules, test.Outputs, test.Patches.Size),
                Random(3, test.Modules, test.Outputs),
                test.Rectifies,
                averages);
            _gradient = Random(4, test.Rows * test.Picks, averages ? test.Outputs : outputs);
            Means = Random(9, test.Rows * test.Picks, test.Outputs);
            Output = Random(5, test.Rows * test.Picks, outputs);
            InputGradient = Random(6, test.Images, test.Image.Count);
            WeightGradient = Random(7, test.Modules, test.Outputs, test.Patches.Size);
            BiasGradient = Random(8, test.Modules, test.Outputs);
            Repeat();
        }

        public Tensor Output { get; }

        public Tensor Means { get; }

        public Tensor InputGradient { get; }

        public Tensor WeightGradient { get; }

        public Tensor BiasGradient { get; }

        public void Repeat()
        {
            if (_arguments.Averages)
                _kernels.ConvolutionMeans(_arguments, Output, Means);
            else
                _kernels.Convolution(_arguments, Output);
            _kernels.ConvolutionInputGradient(_arguments, Output, _gradient, InputGradient);
            _kernels.ConvolutionWeightGradient(_arguments, Output, _gradient, WeightGradient, BiasGradient);
        }

        public Tensor MeansAlone()
        {
            var means = Random(10, Means.Shape[0], Means.Shape[1]);
            _kernels.ConvolutionMeans(_arguments, null, means);
            return means;
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
