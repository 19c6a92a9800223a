namespace ModularNetworks.Engine.Tests;

public sealed class AdamTests
{
    [Fact]
    public void Steps_follow_the_published_algorithm()
    {
        using var workers = new WorkerPool(1);
        var parameter = NewParameter(Precision.Double, 1.0, 0.5);
        var adam = new Adam([parameter], new PlainKernels<double>(workers), 0.1, 0.5, 0.75, 0.25);

        SetGradient(parameter, 2, -1);
        adam.Step();
        // mean 1 and -0.5, corrected 2 and -1; variance 1 and 0.25, corrected 4 and 1.
        AssertValues(parameter, 1 - (0.1 * 2 / 2.25), 0.5 + (0.1 / 1.25));

        SetGradient(parameter, 0, 3);
        adam.Step();
        // mean 0.5 and 1.25, over 0.75; variance 0.75 and 2.4375, over 0.4375.
        AssertValues(
            parameter,
            1 - (0.1 * 2 / 2.25) - (0.1 * (0.5 / 0.75) / (Math.Sqrt(0.75 / 0.4375) + 0.25)),
            0.5 + (0.1 / 1.25) - (0.1 * (1.25 / 0.75) / (Math.Sqrt(2.4375 / 0.4375) + 0.25)));

        SetGradient(parameter, 4, 0);
        adam.Step();
        // mean 2.25 and 0.625, over 0.875; variance 4.5625 and 1.828125, over 0.578125.
        AssertValues(
            parameter,
            1 - (0.1 * 2 / 2.25) - (0.1 * (0.5 / 0.75) / (Math.Sqrt(0.75 / 0.4375) + 0.25))
                - (0.1 * (2.25 / 0.875) / (Math.Sqrt(4.5625 / 0.578125) + 0.25)),
            0.5 + (0.1 / 1.25) - (0.1 * (1.25 / 0.75) / (Math.Sqrt(2.4375 / 0.4375) + 0.25))
                - (0.1 * (0.625 / 0.875) / (Math.Sqrt(1.828125 / 0.578125) + 0.25)));
        Assert.Equal(3, adam.StepCount);
    }

    [Fact]
    public void Weights_decay_apart_from_the_gradient()
    {
        using var workers = new WorkerPool(1);
        var decaying = NewParameter(Precision.Double, 1.0, 0.5);
        var plain = NewParameter(Precision.Double, 1.0, 0.5);
        var kernels = new PlainKernels<double>(workers);
        var adamW = new Adam([decaying], kernels, 0.1) { WeightDecay = 0.3 };
        SetGradient(decaying, 2, -1);
        SetGradient(plain, 2, -1);
        adamW.Step();
        new Adam([plain], kernels, 0.1).Step();
        var kept = decaying.Value.As<double>();
        var moved = plain.Value.As<double>();
        Assert.Equal(moved[0] - (0.03 * 1.0), kept[0], 1e-12);
        Assert.Equal(moved[1] - (0.03 * 0.5), kept[1], 1e-12);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_weight_decay_out_of_range_is_refused(double decay)
    {
        using var workers = new WorkerPool(1);
        var parameter = NewParameter(Precision.Single, 1, 2);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Adam([parameter], SimdKernels.Create(workers)) { WeightDecay = decay });
    }

    [Fact]
    public void A_step_clears_the_gradients()
    {
        using var workers = new WorkerPool(1);
        var parameter = NewParameter(Precision.Single, 1, 2);
        parameter.Gradient.Values.Fill(3);
        new Adam([parameter], SimdKernels.Create(workers)).Step();
        Assert.Equal([0f, 0f], parameter.Gradient.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Every_width_agrees_with_the_plain_kernel(string width)
    {
        using var workers = new WorkerPool(2);
        foreach (int count in new[] { 1, 3, 4, 5, 15, 16, 17, 33, 100, 16_384, 16_385, 40_001 })
        {
            var expected = NewParameter(Precision.Double, new double[count]);
            var actual = NewParameter(Precision.Single, new double[count]);
            var plain = new Adam([expected], new PlainKernels<double>(workers));
            var fast = new Adam([actual], KernelWidths.Create(width, workers));
            for (int step = 0; step < 4; step++)
            {
                SetRandomGradients(step, expected, actual);
                plain.Step();
                fast.Step();
            }
            RandomTensors.AssertNear(expected.Value, actual.Value, 1e-8, $"value of {count}");
            RandomTensors.AssertNear(plain.Means[0], fast.Means[0], 1e-6, $"mean of {count}");
            RandomTensors.AssertNear(plain.Variances[0], fast.Variances[0], 1e-6, $"variance of {count}");
            Assert.False(actual.Gradient.Values.ContainsAnyExcept(0f));
        }
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Averages_that_fade_become_zero_and_never_denormal(string width)
    {
        using var workers = new WorkerPool(1);
        var parameter = NewParameter(Precision.Single, 1, 2);
        var adam = new Adam([parameter], KernelWidths.Create(width, workers));
        parameter.Gradient.Values.Fill(1e-3f);
        for (int step = 0; step < 1000; step++)
        {
            adam.Step();
            Assert.DoesNotContain(adam.Means[0].Values.ToArray(), value => float.IsSubnormal(value));
        }
        Assert.Equal([0f, 0f], adam.Means[0].Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void A_restored_optimiser_continues_bit_for_bit(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        var first = NewParameter(Precision.Single, new double[37]);
        var firstAdam = new Adam([first], kernels);
        TakeSteps(first, firstAdam, 0, 3);

        var second = NewParameter(Precision.Single, new double[37]);
        var secondAdam = new Adam([second], kernels) { StepCount = firstAdam.StepCount };
        first.Value.Values.CopyTo(second.Value.Values);
        firstAdam.Means[0].Values.CopyTo(secondAdam.Means[0].Values);
        firstAdam.Variances[0].Values.CopyTo(secondAdam.Variances[0].Values);

        TakeSteps(first, firstAdam, 3, 6);
        TakeSteps(second, secondAdam, 3, 6);
        Assert.Equal(first.Value.Values.ToArray(), second.Value.Values.ToArray());
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        using var workers = new WorkerPool(1);
        var parameter = NewParameter(Precision.Single, new double[1000]);
        var adam = new Adam([parameter], SimdKernels.Create(workers));
        Allocations.AssertNone(adam.Step);
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        using var workers = new WorkerPool(1);
        var kernels = SimdKernels.Create(workers);
        var parameter = NewParameter(Precision.Single, 1);
        Assert.Contains("beta2 is 1", Error(() => new Adam([parameter], kernels, beta2: 1)), StringComparison.Ordinal);
        Assert.Contains("rate is -1", Error(() => new Adam([parameter], kernels, -1)), StringComparison.Ordinal);
        var mixed = Assert.Throws<ArgumentException>(() => new Adam([parameter], new PlainKernels<double>(workers)));
        Assert.Contains("weights holds Single", mixed.Message, StringComparison.Ordinal);

        static string Error(Func<object> create) => Assert.Throws<ArgumentOutOfRangeException>(create).Message;
    }

    private static void TakeSteps(Parameter parameter, Adam adam, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            SetRandomGradients(step, parameter);
            adam.Step();
        }
    }

    private static void SetRandomGradients(int step, params Parameter[] parameters)
    {
        var key = RandomKey.FromSeed((ulong)step);
        foreach (var parameter in parameters)
        {
            for (int i = 0; i < parameter.Shape.Count; i++)
            {
                float gradient = (float)key.Normal((ulong)i);
                if (parameter.Value.Precision == Precision.Single)
                    parameter.Gradient.Values[i] = gradient;
                else
                    parameter.Gradient.As<double>()[i] = gradient;
            }
        }
    }

    private static Parameter NewParameter(Precision precision, params double[] values)
    {
        var parameter = new Parameter("weights", new Shape(values.Length));
        for (int i = 0; i < values.Length; i++)
            parameter.Value.Values[i] = (float)values[i];
        parameter.ConvertTo(precision);
        return parameter;
    }

    private static void SetGradient(Parameter parameter, params double[] values) =>
        values.CopyTo(parameter.Gradient.As<double>());

    private static void AssertValues(Parameter parameter, params double[] values)
    {
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(values[i], parameter.Value.As<double>()[i], 1e-14);
    }
}
