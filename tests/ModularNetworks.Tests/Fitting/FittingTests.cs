using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class FittingTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    [Fact]
    public void Fit_takes_the_steps_that_a_loop_of_ones_own_takes()
    {
        using var device = new Device();
        var (fitted, looped) = (Network(), Network());
        var history = fitted.Fit(Problem(), device, Key, new FitOptions { Steps = 12, BatchSize = 50, LearningRate = 0.01, Cooldown = 0 });
        var adam = new Adam(looped.Parameters, device.Kernels, learningRate: 0.01, lazy: false);
        var em = new ViterbiEm<VectorBatch>(looped, Problem(), adam, device.Tape, Key.Split("training"), new ViterbiEmOptions { BatchSize = 50 });
        double[] losses = [.. Enumerable.Range(0, 12).Select(_ => -em.Step().LogLikelihood)];
        Assert.Equal(Values(looped), Values(fitted));
        // 230 datapoints make 4 mini-batches of 50.
        Assert.Equal([losses[..4].Average(), losses[4..8].Average(), losses[8..].Average()], history.Measurements.Select(measured => measured.Loss));
        Assert.All(history.Measurements, measured => Assert.Null(measured.Validation));
    }

    [Fact]
    public void Held_out_datapoints_are_measured_and_not_trained_on()
    {
        using var device = new Device(threads: 2);
        var data = new Watched(Problem());
        var network = Network();
        var history = network.Fit(data, device, Key, new FitOptions { Epochs = 1, BatchSize = 10, ValidationShare = 0.1 });
        Assert.Equal(20, history.Kept.Steps);
        // The E-steps' and M-steps' mini-batches, then the 23 that are held out.
        Assert.Equal(23, data.Loaded[^1].Length);
        Assert.Empty(data.Loaded[^1].Intersect(data.Loaded.SkipLast(1).SelectMany(numbers => numbers)));
        var pass = new ForwardPass(device.Tape);
        device.Tape.Reset(recording: false);
        pass.Begin(new ModeSelection(), 23);
        double loss = -device.Tape.Mean(network.LogLikelihood(pass, Problem().Load(data.Loaded[^1]))).ToScalar();
        Assert.Equal(loss, history.Kept.Validation!.Loss, 1e-5);
    }

    [Fact]
    public void What_a_network_of_ones_own_cannot_have_is_refused()
    {
        using var device = new Device();
        Assert.Contains("Make 3 networks", Assert.Throws<ArgumentException>(() => Network().Fit(Problem(), device, Key, new FitOptions { Starts = 3 })).Message, StringComparison.Ordinal);
        Assert.Contains("is empty", Assert.Throws<ArgumentException>(() => Network().Fit(new ToyProblem(0, Key), device, Key)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_tells_its_threads_and_its_vectors()
    {
        using var device = new Device(threads: 3);
        Assert.Equal(3, device.Threads);
        Assert.Equal(device.Kernels.InstructionSet, device.InstructionSet);
        Assert.StartsWith("Vector", device.InstructionSet, StringComparison.Ordinal);
    }

    private static VectorNetwork Network() => VectorNetwork.Create(layers: 2, modules: 2, picks: 1);

    private static ToyProblem Problem() => new(230, RandomKey.FromSeed(1));

    private static float[] Values(VectorNetwork network) => [.. network.Parameters.SelectMany(parameter => parameter.Value.Values.ToArray())];

    private sealed class Watched(ToyProblem problem) : ITrainingSet<VectorBatch>
    {
        public List<int[]> Loaded { get; } = [];

        public int Count => problem.Count;

        public VectorBatch Load(ReadOnlySpan<int> datapoints)
        {
            Loaded.Add(datapoints.ToArray());
            return problem.Load(datapoints);
        }
    }
}
