namespace ModularNetworks.Engine.Tests;

public sealed class SgdTests
{
    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Momentum_keeps_a_part_of_the_velocity(Precision precision)
    {
        using var workers = new WorkerPool(1);
        var parameter = NewParameter(precision);
        var sgd = new Sgd([parameter], KernelsOf(precision, workers), 0.5, momentum: 0.25);
        SetGradient(parameter, 4);
        sgd.Step();
        Assert.Equal(-2, Value(parameter));
        SetGradient(parameter, 8);
        sgd.Step();
        Assert.Equal(-2 - (0.5 * (1 + 8)), Value(parameter));
        Assert.Equal(0, RandomTensors.ToDoubles(parameter.Gradient)[2]);
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Without_momentum_each_step_follows_its_gradient(Precision precision)
    {
        using var workers = new WorkerPool(1);
        var parameter = NewParameter(precision);
        var sgd = new Sgd([parameter], KernelsOf(precision, workers), 0.5);
        SetGradient(parameter, 4);
        sgd.Step();
        SetGradient(parameter, -1);
        sgd.LearningRate = 1;
        sgd.Step();
        Assert.Equal(-1, Value(parameter));
        Assert.Empty(sgd.Velocities);
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Clipping_shortens_long_gradients_and_returns_their_norm(Precision precision)
    {
        var (first, second) = (NewParameter(precision), NewParameter(precision));
        SetGradient(first, 3);
        SetGradient(second, 4);
        double norm = 5 * Math.Sqrt(3); // three elements each
        Assert.Equal(norm, GradientClipping.ByNorm([first, second], 100), 1e-12);
        Assert.Equal(3, RandomTensors.ToDoubles(first.Gradient)[0]);
        Assert.Equal(norm, GradientClipping.ByNorm([first, second], norm / 2), 1e-12);
        Assert.Equal(1.5, RandomTensors.ToDoubles(first.Gradient)[0], 1e-6);
        Assert.Equal(2, RandomTensors.ToDoubles(second.Gradient)[2], 1e-6);
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Modules_are_clipped_and_moved_as_a_whole_parameter_is(Precision precision)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelsOf(precision, workers);
        var (some, all) = (new Parameter("some", new Shape(4, 3), stacked: true), new Parameter("all", new Shape(4, 3)));
        some.ConvertTo(precision);
        all.ConvertTo(precision);
        var tape = new Tape(kernels);
        var groups = RowGroups.Sort(tape, IndexTensor.From(new Shape(3, 1), [3, 1, 3]), 4);
        foreach (int i in new[] { 3, 5, 9, 10 })
            tape.GradientOf(some.Value, groups)[i] = all.Gradient[i] = i;
        Assert.Equal(GradientClipping.ByNorm([all], 2), GradientClipping.ByNorm([some], 2), 1e-12);
        new Sgd([some], kernels, 0.5).Step();
        new Sgd([all], kernels, 0.5).Step();
        Assert.Equal(RandomTensors.ToDoubles(all.Value), RandomTensors.ToDoubles(some.Value));
        Assert.Equal(new double[12], RandomTensors.ToDoubles(some.Gradient));
        Assert.Equal(0, some.TouchedRows!.Count);
    }

    private static Kernels KernelsOf(Precision precision, WorkerPool workers) =>
        precision == Precision.Single ? SimdKernels.Create(workers) : new PlainKernels<double>(workers);

    private static Parameter NewParameter(Precision precision)
    {
        var parameter = new Parameter("weights", new Shape(3));
        parameter.ConvertTo(precision);
        return parameter;
    }

    private static double Value(Parameter parameter) => RandomTensors.ToDoubles(parameter.Value)[0];

    private static void SetGradient(Parameter parameter, double value)
    {
        if (parameter.Value.Precision == Precision.Single)
            parameter.Gradient.Values.Fill((float)value);
        else
            parameter.Gradient.As<double>().Fill(value);
    }
}
