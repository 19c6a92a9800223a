using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class SharedBatchesTests
{
    private const int MStepsPerEStep = 3;

    [Fact]
    public void The_M_steps_after_an_E_step_use_its_mini_batch()
    {
        var loaded = Loaded(sharedBatches: true, start: 0, steps: 4 * MStepsPerEStep);
        // An E-step and its M-steps load one mini-batch each.
        foreach (var group in loaded.Chunk(MStepsPerEStep + 1))
            Assert.All(group, batch => Assert.Equal(group[0], batch));
        Assert.Equal(4, loaded.Select(batch => string.Join(",", batch)).Distinct().Count());
    }

    [Fact]
    public void Otherwise_every_M_step_has_a_mini_batch_of_its_own()
    {
        var loaded = Loaded(sharedBatches: false, start: 0, steps: MStepsPerEStep);
        Assert.Equal(MStepsPerEStep + 1, loaded.Select(batch => string.Join(",", batch)).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_resumed_run_goes_on_with_the_same_mini_batch(int interruption)
    {
        const int steps = 4 * MStepsPerEStep;
        var whole = Loaded(sharedBatches: true, start: 0, steps);
        var rest = Loaded(sharedBatches: true, interruption, steps - interruption);
        Assert.Equal(whole.TakeLast(rest.Count), rest);
    }

    /// <summary>The datapoints of every mini-batch that some steps load.</summary>
    private static List<int[]> Loaded(bool sharedBatches, long start, int steps)
    {
        using var bench = new Workbench(Precision.Single);
        var data = new WatchedProblem(new ToyProblem(40, RandomKey.FromSeed(1)));
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        var options = new ViterbiEmOptions
        {
            BatchSize = 8,
            Samples = 2,
            MStepsPerEStep = MStepsPerEStep,
            SharedBatches = sharedBatches,
        };
        var trainer = new ViterbiEm<VectorBatch>(
            network, data, new Adam(network.Parameters, bench.Kernels), bench.Tape, RandomKey.FromSeed(2), options);
        trainer.ResumeAt(start);
        for (int i = 0; i < steps; i++)
            trainer.Step();
        return data.Loaded;
    }

    private sealed class WatchedProblem(ToyProblem data) : ITrainingSet<VectorBatch>
    {
        public List<int[]> Loaded { get; } = [];

        public int Count => data.Count;

        public VectorBatch Load(ReadOnlySpan<int> datapoints)
        {
            Loaded.Add(datapoints.ToArray());
            return data.Load(datapoints);
        }
    }
}
