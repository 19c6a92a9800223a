namespace ModularNetworks.Engine.Tests;

public sealed class LazyAdamTests : IDisposable
{
    private const int Modules = 7;

    private readonly WorkerPool _workers = new(2);

    public void Dispose() => _workers.Dispose();

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Modules_that_are_always_used_get_plain_steps_to_the_last_bit(string width)
    {
        var kernels = KernelWidths.Create(width, _workers);
        var lazy = new Trained(kernels, size: 37, lazy: true);
        var plain = new Trained(kernels, size: 37, lazy: false);
        for (int step = 0; step < 5; step++)
        {
            lazy.Step(step, [.. Enumerable.Range(0, Modules)]);
            plain.Step(step, [.. Enumerable.Range(0, Modules)]);
        }
        Assert.Equal(plain.Values, lazy.Values);
    }

    [Fact]
    public void A_module_that_is_not_used_keeps_its_weights_and_its_averages()
    {
        var trained = new Trained(SimdKernels.Create(_workers), size: 5, lazy: true, weightDecay: 0.1);
        trained.Step(0, [2, 3]);
        var (value, mean, variance) = (trained.Row(2), trained.MeanRow(2), trained.VarianceRow(2));
        trained.Step(1, [3, 6]);
        Assert.Equal(value, trained.Row(2));
        Assert.Equal(mean, trained.MeanRow(2));
        Assert.Equal(variance, trained.VarianceRow(2));
        Assert.Equal(new double[5], trained.MeanRow(0));
        Assert.DoesNotContain(0, trained.MeanRow(6));
        Assert.Equal(0, trained.TouchedModules);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    public void Averages_fade_as_with_plain_steps_before_a_module_is_used_again(int missed)
    {
        var kernels = new PlainKernels<double>(_workers);
        var lazy = new Trained(kernels, size: 3, lazy: true);
        var plain = new Trained(kernels, size: 3, lazy: false);
        foreach (var trained in new[] { lazy, plain })
        {
            trained.Step(0, [1, 4]);
            for (int step = 1; step <= missed; step++)
                trained.Step(step, [4]);
            trained.Step(missed + 1, [1]);
        }
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(plain.MeanRow(1)[i], lazy.MeanRow(1)[i], 1e-14);
            Assert.Equal(plain.VarianceRow(1)[i], lazy.VarianceRow(1)[i], 1e-14);
        }
        Assert.NotEqual(plain.Row(1), lazy.Row(1));
    }

    [Fact]
    public void The_step_after_a_pause_follows_the_definition()
    {
        var parameter = new Parameter("modules", new Shape(2, 1), stacked: true);
        parameter.ConvertTo(Precision.Double);
        var kernels = new PlainKernels<double>(_workers);
        var adam = new Adam([parameter], kernels, 0.1, 0.5, 0.75, 0.25);
        Step(0, 2);
        Step(1, 1);
        Step(1, 1);
        Step(0, 4);
        // After step 1 the mean is 1 and the variance 1; two steps missed make them 0.25 and 0.5625. With the gradient 4 in
        // step 4, the mean is 2.125, over 1 - 0.5^4, and the variance 4.421875, over 1 - 0.75^4.
        double first = 0.1 * 2 / (2 + 0.25);
        double second = 0.1 * (2.125 / 0.9375) / (Math.Sqrt(4.421875 / (1 - Math.Pow(0.75, 4))) + 0.25);
        Assert.Equal(-first - second, parameter.Value[0], 1e-14);

        void Step(int module, double gradient)
        {
            var tape = new Tape(kernels);
            tape.GradientOf(parameter.Value, RowGroups.Sort(tape, IndexTensor.From(new Shape(1, 1), [module]), 2))[module] = gradient;
            adam.Step();
        }
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Every_width_agrees_with_the_plain_kernel(string width)
    {
        foreach (int size in new[] { 1, 3, 4, 15, 16, 17, 33, 1000, 16_385 })
        {
            var plain = new Trained(new PlainKernels<double>(_workers), size, lazy: true);
            var fast = new Trained(KernelWidths.Create(width, _workers), size, lazy: true);
            int[][] used = [[0, 5, 6], [5], [0, 1, 2, 3, 4, 5, 6], [2, 6], [0]];
            for (int step = 0; step < used.Length; step++)
            {
                plain.Step(step, used[step]);
                fast.Step(step, used[step]);
            }
            var (expected, actual) = (plain.Values, fast.Values);
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 1e-6);
        }
    }

    [Fact]
    public void A_restored_optimiser_continues_bit_for_bit()
    {
        var kernels = SimdKernels.Create(_workers);
        var first = new Trained(kernels, size: 19, lazy: true);
        first.Step(0, [0, 1]);
        first.Step(1, [1, 2]);
        var second = new Trained(kernels, size: 19, lazy: true);
        second.Restore(first);
        foreach (var trained in new[] { first, second })
        {
            trained.Step(2, [2, 3]);
            trained.Step(3, [0, 3]);
        }
        Assert.Equal(first.Values, second.Values);
    }

    [Fact]
    public void Plain_Adam_moves_a_module_on_by_its_average()
    {
        var trained = new Trained(SimdKernels.Create(_workers), size: 2, lazy: false);
        trained.Step(0, [1]);
        var before = trained.Row(1);
        trained.Step(1, [2]);
        Assert.NotEqual(before, trained.Row(1));
        Assert.DoesNotContain(trained.Adam.State, state => state.Name.StartsWith("lastStep", StringComparison.Ordinal));
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        var trained = new Trained(SimdKernels.Create(_workers), size: 9, lazy: true);
        Allocations.AssertNone(() => trained.Step(0, [1, 3]));
    }

    /// <summary>Modules of one parameter, some of which get a random gradient in each step.</summary>
    private sealed class Trained
    {
        private readonly Parameter _modules;
        private readonly Tape _tape;
        private readonly IndexTensor _selection = IndexTensor.Allocate(new Shape(Modules, 1));
        private readonly int _size;

        public Trained(Kernels kernels, int size, bool lazy, double weightDecay = 0)
        {
            _size = size;
            _tape = new Tape(kernels);
            _modules = new Parameter("modules", new Shape(Modules, size), stacked: true);
            for (int i = 0; i < Modules * size; i++)
                _modules.Value[i] = RandomKey.FromSeed(9).Normal((ulong)i);
            _modules.ConvertTo(kernels.Precision);
            Adam = new Adam([_modules], kernels, 0.01, lazy: lazy) { WeightDecay = weightDecay };
        }

        public Adam Adam { get; }

        public int TouchedModules => _modules.TouchedRows!.Count;

        public double[] Values => Read(_modules.Value, 0, Modules);

        public double[] Row(int module) => Read(_modules.Value, module, 1);

        public double[] MeanRow(int module) => Read(Adam.Means[0], module, 1);

        public double[] VarianceRow(int module) => Read(Adam.Variances[0], module, 1);

        public void Step(int step, ReadOnlySpan<int> used)
        {
            _tape.Reset(recording: true);
            // All picks, so that the selection's shape is always the same, go to the used modules.
            for (int i = 0; i < Modules; i++)
                _selection.Values[i] = used[i % used.Length];
            var gradient = _tape.GradientOf(_modules.Value, RowGroups.Sort(_tape, _selection, Modules));
            foreach (int module in used)
            {
                for (int i = module * _size; i < (module + 1) * _size; i++)
                    gradient[i] = (float)RandomKey.FromSeed((ulong)step).Normal((ulong)i);
            }
            Adam.Step();
        }

        public void Restore(Trained other)
        {
            other._modules.Value.CopyTo(_modules.Value);
            for (int i = 0; i < Adam.State.Count; i++)
                other.Adam.State[i].Tensor.CopyTo(Adam.State[i].Tensor);
            Adam.StepCount = other.Adam.StepCount;
        }

        private double[] Read(Tensor tensor, int row, int rows) =>
            [.. Enumerable.Range(row * _size, rows * _size).Select(i => tensor[i])];
    }
}
