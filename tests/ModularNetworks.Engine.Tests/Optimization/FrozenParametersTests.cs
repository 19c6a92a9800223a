namespace ModularNetworks.Engine.Tests;

public sealed class FrozenParametersTests
{
    [Fact]
    public void A_frozen_part_keeps_every_bit_while_others_learn()
    {
        using var workers = new WorkerPool(1);
        var parameter = Filled(stacked: true);
        var adam = new Adam([parameter], SimdKernels.Create(workers)) { WeightDecay = 0.1 };
        parameter.Freeze(1);
        float[] before = parameter.Value.Values.ToArray();
        for (int step = 0; step < 5; step++)
        {
            parameter.Gradient.Values.Fill(0.5f);
            parameter.TouchedRows!.Add([1, 2, 0]);
            adam.Step();
            Assert.Equal(0, parameter.TouchedRows.Count);
            Assert.All(parameter.Gradient.Values.ToArray(), element => Assert.Equal(0, element));
        }
        float[] after = parameter.Value.Values.ToArray();
        Assert.Equal(before[2..4], after[2..4]);
        Assert.All([0, 1, 4, 5], place => Assert.NotEqual(before[place], after[place]));
    }

    [Theory]
    [InlineData("lazy")]
    [InlineData("plain")]
    [InlineData("momentum")]
    public void A_frozen_parameter_keeps_every_bit_and_so_does_what_is_kept_of_it(string kind)
    {
        using var workers = new WorkerPool(1);
        var parameter = Filled(stacked: kind == "lazy");
        var kernels = SimdKernels.Create(workers);
        Optimizer optimizer = kind == "momentum"
            ? new Sgd([parameter], kernels, learningRate: 0.1, momentum: 0.9)
            : new Adam([parameter], kernels, lazy: kind == "lazy") { WeightDecay = 0.1 };
        Step();
        float[][] before = Kept();
        parameter.Freeze();
        Step();
        Assert.Equal(before, Kept());
        Assert.All(parameter.Gradient.Values.ToArray(), element => Assert.Equal(0, element));

        float[][] Kept() => [parameter.Value.Values.ToArray(), .. optimizer.State.Select(state => state.Tensor.Values.ToArray())];

        void Step()
        {
            parameter.Gradient.Values.Fill(0.5f);
            parameter.TouchedRows?.Add([0, 1, 2]);
            optimizer.Step();
        }
    }

    [Fact]
    public void Frozen_parts_count_nothing_for_the_norm_of_the_gradient()
    {
        using var workers = new WorkerPool(1);
        float[][] learned = [.. ((float[])[0.5f, 1000]).Select(frozen =>
        {
            var parameter = Filled(stacked: true);
            parameter.Freeze(1);
            var descent = new Adam([parameter], SimdKernels.Create(workers)) { MaxGradientNorm = 1e-6 };
            parameter.Gradient.Values.Fill(0.5f);
            parameter.Gradient.Values[2..4].Fill(frozen);
            parameter.TouchedRows!.Add([0, 1]);
            descent.Step();
            return parameter.Value.Values.ToArray();
        })];
        Assert.Equal(learned[0], learned[1]);
    }

    [Fact]
    public void What_cannot_be_frozen_is_refused()
    {
        using var workers = new WorkerPool(1);
        var parameter = Filled(stacked: true);
        Assert.Throws<ArgumentOutOfRangeException>(() => parameter.Freeze(3));
        Assert.Contains("stacked: true", Assert.Throws<InvalidOperationException>(() => Filled(stacked: false).Freeze(0)).Message, StringComparison.Ordinal);
        parameter.Freeze(0);
        var plain = new Adam([parameter], SimdKernels.Create(workers), lazy: false);
        Assert.Contains("lazy: true", Assert.Throws<InvalidOperationException>(plain.Step).Message, StringComparison.Ordinal);
    }

    private static Parameter Filled(bool stacked)
    {
        var parameter = new Parameter("weight", new Shape(3, 2), stacked);
        for (int i = 0; i < 6; i++)
            parameter.Value.Values[i] = i - 2.5f;
        return parameter;
    }
}
