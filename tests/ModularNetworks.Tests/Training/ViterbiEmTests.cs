using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ViterbiEmTests
{
    [Fact]
    public void Training_raises_the_bound()
    {
        using var run = new ToyRun();
        double before = run.Train(20);
        run.Train(600);
        double after = run.Train(20);
        Assert.True(after > before + 1, $"The bound went from {before} to {after}.");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_number_of_threads_does_not_change_a_bit(int threads)
    {
        using var expected = new ToyRun();
        using var actual = new ToyRun(threads);
        expected.Train(50);
        actual.Train(50);
        expected.AssertSame(actual);
    }

    [Fact]
    public void An_E_step_comes_before_every_kth_M_step()
    {
        using var run = new ToyRun();
        int k = ToyRun.Options.MStepsPerEStep;
        for (int step = 0; step < 3 * k; step++)
        {
            Assert.Equal((step, (step + k - 1) / k), (run.Trainer.Steps, run.Trainer.ESteps));
            run.Trainer.Step();
        }
        Assert.InRange(run.Trainer.LastEStep!.Value.ChangedShare, 0, 1);
    }

    [Fact]
    public void Visits_count_how_often_E_steps_come_to_a_datapoint()
    {
        using var run = new ToyRun();
        Assert.Equal(0, run.Trainer.EStepVisits);
        run.Train((2 * ToyRun.Options.MStepsPerEStep) + 1);
        Assert.Equal(3.0 * ToyRun.Options.BatchSize / run.Trainer.Compositions!.Count, run.Trainer.EStepVisits);

        using var bench = new Workbench(Precision.Single);
        Assert.Null(((ITrainer)Baseline(bench, Plain())).EStepVisits);
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        using var run = new ToyRun();
        run.Train(40);
        Allocations.AssertNone(() => TakeSteps(run.Trainer, 40));
    }

    [Fact]
    public void Steps_of_the_baseline_allocate_nothing()
    {
        using var bench = new Workbench(Precision.Single);
        var trainer = Baseline(bench, Plain());
        for (int i = 0; i < 40; i++)
            trainer.Step();
        Allocations.AssertNone(() => TakeSteps(trainer, 40));
    }

    [Fact]
    public void The_baseline_raises_its_likelihood_and_keeps_no_compositions()
    {
        using var bench = new Workbench(Precision.Single);
        var trainer = Baseline(bench, Plain());
        double before = trainer.Step().LogLikelihood;
        for (int i = 0; i < 200; i++)
            trainer.Step();
        Assert.True(trainer.Step().LogLikelihood > before + 0.5);
        Assert.Null(trainer.Compositions);
        Assert.Equal(202, trainer.Steps);
        Assert.Equal(0, trainer.Step().SelectionLogProbability);
    }

    [Fact]
    public void A_parameter_that_is_not_a_number_stops_training()
    {
        using var run = new ToyRun();
        run.Train(2);
        foreach (var parameter in run.Network.Parameters)
            parameter.Value.Values.Fill(float.NaN);
        var error = Assert.Throws<NonFiniteLossException>(() => run.Trainer.Step());
        Assert.Contains("step 3", error.Message, StringComparison.Ordinal);

        using var bench = new Workbench(Precision.Single);
        var network = Plain();
        network.Parameters[0].Value.Values.Fill(float.NaN);
        Assert.Throws<NonFiniteLossException>(() => Baseline(bench, network).Step());
    }

    [Fact]
    public void The_number_of_M_steps_between_E_steps_is_not_negative()
    {
        using var bench = new Workbench(Precision.Single);
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ViterbiEm<VectorBatch>(
            network, Problem(), new Adam(network.Parameters, bench.Kernels), bench.Tape, RandomKey.FromSeed(1),
            new ViterbiEmOptions { MStepsPerEStep = -1 }));
    }

    [Fact]
    public void The_optimiser_must_have_all_of_the_networks_parameters()
    {
        using var bench = new Workbench(Precision.Single);
        var network = Plain();
        var some = new Adam([.. network.Parameters.Skip(1)], bench.Kernels, 0.01);
        var error = Assert.Throws<ArgumentException>(() => new FixedModules<VectorBatch>(
            network, Problem(), some, bench.Tape, RandomKey.FromSeed(2), 50));
        Assert.Contains(network.Parameters[0].Name, error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Adam([.. network.Parameters, network.Parameters[0]], bench.Kernels, 0.01));
    }

    private static ToyProblem Problem() => new(230, RandomKey.FromSeed(1));

    private static VectorNetwork Plain() => new(
        GaussianLikelihood.Fixed(1),
        new ModularLayer(
            "layer", new LinearModules("modules", 2, 2, 2, Activation.None, RandomKey.FromSeed(3)), new FixedChoice(2)));

    private static FixedModules<VectorBatch> Baseline(Workbench bench, VectorNetwork network) =>
        new(network, Problem(), new Adam(network.Parameters, bench.Kernels, 0.01), bench.Tape, RandomKey.FromSeed(2), 50);

    private static void TakeSteps(ITrainer trainer, int steps)
    {
        for (int i = 0; i < steps; i++)
            trainer.Step();
    }
}
