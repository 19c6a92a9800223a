using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class GradientStepsTests
{
    private static readonly int[] Datapoints = [4, 7];

    [Fact]
    public void A_finite_step_is_taken()
    {
        using var bench = new Workbench(Precision.Single);
        var (parameter, optimizer) = Create(bench, skips: false);
        parameter.Gradient.Values.Fill(1);
        Assert.True(GradientSteps.Take(optimizer, 2, Datapoints));
        Assert.Equal([-1, -1, -1], parameter.Value.Values.ToArray());
        Assert.Equal(1, optimizer.StepCount);
    }

    [Theory]
    [InlineData(double.NaN, 0f, "the loss is NaN at step 1, with datapoints 4, 7.")]
    [InlineData(double.PositiveInfinity, 0f, "the loss is Infinity at step 1")]
    [InlineData(1.0, float.NaN, "the gradient of weight is not finite at step 1, with datapoints 4, 7.")]
    [InlineData(1.0, float.NegativeInfinity, "the gradient of weight is not finite")]
    public void One_that_is_not_finite_stops_training_and_spoils_nothing(double loss, float gradient, string message)
    {
        using var bench = new Workbench(Precision.Single);
        var (parameter, optimizer) = Create(bench, skips: false);
        parameter.Gradient.Values[1] = gradient;
        var error = Assert.Throws<NonFiniteLossException>(() => GradientSteps.Take(optimizer, loss, Datapoints));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.Step);
        Assert.Equal([0, 0, 0], parameter.Value.Values.ToArray());
    }

    [Fact]
    public void Or_is_left_out_and_counted()
    {
        using var bench = new Workbench(Precision.Single);
        var (parameter, optimizer) = Create(bench, skips: true);
        parameter.Gradient.Values.Fill(float.NaN);
        Assert.False(GradientSteps.Take(optimizer, 1, Datapoints));
        Assert.Equal([0, 0, 0], parameter.Value.Values.ToArray());
        Assert.Equal([0, 0, 0], parameter.Gradient.Values.ToArray());
        Assert.Equal(1, optimizer.StepCount);
        parameter.Gradient.Values.Fill(1);
        Assert.True(GradientSteps.Take(optimizer, 1, Datapoints));
        Assert.Equal([-1, -1, -1], parameter.Value.Values.ToArray());
    }

    [Fact]
    public void Only_a_few_datapoints_are_named()
    {
        using var bench = new Workbench(Precision.Single);
        var (_, optimizer) = Create(bench, skips: false);
        var error = Assert.Throws<NonFiniteLossException>(
            () => GradientSteps.Take(optimizer, double.NaN, Enumerable.Range(0, 128).ToArray()));
        Assert.EndsWith("with datapoints 0, 1, 2, 3, 4, 5, 6, 7 and 120 more.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trainer_goes_on_after_mini_batches_that_it_leaves_out()
    {
        using var bench = new Workbench(Precision.Single);
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        var adam = new Adam(network.Parameters, bench.Kernels) { SkipsNonFinite = true };
        var data = VectorNetwork.Batch(RandomKey.FromSeed(1), 8, size: 2, Precision.Single);
        data.Targets.Values[0] = float.NaN;
        var em = new ViterbiEm<VectorBatch>(
            network, new Rows(data), adam, bench.Tape, RandomKey.FromSeed(2), new ViterbiEmOptions { BatchSize = 2, MStepsPerEStep = 2 });
        var results = Enumerable.Range(0, 12).Select(_ => em.Step()).ToArray();
        Assert.Equal(3, results.Count(result => result.IsSkipped)); // One of four mini-batches of each of three epochs.
        Assert.Equal(12, em.Steps);
        Assert.All(network.Parameters, parameter => Assert.True(parameter.Value.Values.ToArray().All(float.IsFinite)));
    }

    private static (Parameter Parameter, Optimizer Optimizer) Create(Workbench bench, bool skips)
    {
        var parameter = new Parameter("weight", new Shape(3));
        return (parameter, new Sgd([parameter], bench.Kernels, learningRate: 1) { SkipsNonFinite = skips });
    }

    private sealed class Rows(VectorBatch all) : ITrainingSet<VectorBatch>
    {
        public int Count => 8;

        public VectorBatch Load(ReadOnlySpan<int> datapoints)
        {
            int[] rows = datapoints.ToArray();
            return new VectorBatch(Pick(all.Inputs, rows), Pick(all.Targets, rows));
        }

        private static Tensor Pick(Tensor from, int[] rows) =>
            Tensor.From(new Shape(rows.Length, 2), [.. rows.SelectMany(row => from.Values.Slice(2 * row, 2).ToArray())]);
    }
}
