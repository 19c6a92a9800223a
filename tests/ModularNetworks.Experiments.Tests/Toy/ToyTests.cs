using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class ToyTests
{
    [Fact]
    public void A_problem_is_solved_and_both_maps_are_found()
    {
        using var workers = new WorkerPool(1);
        var options = new ToyOptions { Seed = 1, Starts = 3, TrialSteps = 500, Steps = 2000 };
        var experiment = new ToyExperiment(options, SimdKernels.Create(workers));
        Assert.Equal(3, experiment.StartBounds.Count);
        Assert.Single(experiment.Preparations());
        Assert.False(experiment.Measure().Solved);
        while (experiment.Trainer.Steps < options.Steps)
            experiment.Trainer.Step();
        var measured = experiment.Measure();
        Assert.True(measured.Solved);
        Assert.InRange(measured.Loss, 0, 1e-4);
        Assert.InRange(measured.SelectionEntropy, 0, 0.05);
        Assert.InRange(measured.BatchSelectionEntropy, Math.Log(2) - 0.02, Math.Log(2));
        Assert.Equal(1, measured.Usage.Sum(), 1e-12);
        string text = string.Join('\n', experiment.Describe());
        Assert.Contains("true R (rotation)", text, StringComparison.Ordinal);
        Assert.Contains("true S (scaling)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_loss_is_the_mean_squared_distance_to_the_target()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var key = RandomKey.FromSeed(2);
        var points = ToyRegression.Generate(key.Split("data"), 50).HeldOut;
        var network = new ToyNetwork(1, 1, new FixedSelection(), GaussianLikelihood.Fixed(1), key.Split("network"));
        var measured = ToyEvaluation.Of(network, new ToyTrainingSet(points), tape, new FixedSelection());
        var weight = network.Modules.Weight.Value.Values;
        double loss = 0;
        for (int n = 0; n < points.Count; n++)
        {
            for (int j = 0; j < 2; j++)
            {
                double output = ((double)points.Inputs[2 * n] * weight[j]) + ((double)points.Inputs[(2 * n) + 1] * weight[2 + j]);
                loss += Math.Pow(output - points.Targets[(2 * n) + j], 2) / points.Count;
            }
        }
        Assert.Equal(loss, measured.Loss, 1e-4);
        Assert.Empty(measured.Usage);
        Assert.Equal(0, measured.BatchSelectionEntropy);
    }

    [Theory]
    [InlineData(0.0099, 0.61, true)]
    [InlineData(0.0101, 0.61, false)]
    [InlineData(0.0099, 0.59, false)]
    [InlineData(double.NaN, 0.61, false)]
    public void Solved_means_a_small_loss_and_both_modules_used(double loss, double batchEntropy, bool solved) =>
        Assert.Equal(solved, new ToyEvaluation(loss, 0, batchEntropy, [0.5, 0.5]).Solved);

    [Fact]
    public void The_baseline_tries_one_start_and_says_nothing_of_it()
    {
        using var workers = new WorkerPool(1);
        var options = new ToyOptions { Method = TrainingMethods.Fixed, Modules = 1 };
        var experiment = new ToyExperiment(options, SimdKernels.Create(workers));
        Assert.Single(experiment.StartBounds);
        Assert.Empty(experiment.Preparations());
    }

    [Fact]
    public void Many_problems_are_measured_alike_on_any_number_of_threads()
    {
        var options = new ToyOptions { Points = 100, Starts = 2, TrialSteps = 20, Steps = 40 };
        var one = Reproduce(options, threads: 1);
        Assert.Equal([1UL, 2, 3, 4, 5], one.Seeds);
        foreach (int threads in (int[])[2, 3])
        {
            var many = Reproduce(options, threads);
            Assert.Equal(one.Lines, many.Lines);
            Assert.Equal(one.Seeds, many.Seeds.Order());
        }
    }

    [Fact]
    public void Problems_differ_by_their_seed()
    {
        var (lines, _) = Reproduce(new ToyOptions { Points = 100, Starts = 1, Steps = 10 }, threads: 2);
        Assert.Equal(lines.Count, lines.Distinct().Count());
    }

    [Fact]
    public void Reproduction_ends_when_told_to()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => ToyReproduction.Run(new ToyOptions(), 3, 2, (_, _) => { }, stop.Token));
    }

    [Fact]
    public void A_problem_that_diverges_is_told_as_such()
    {
        var options = new ToyOptions { Starts = 1, Optimizer = new() { LearningRate = 1e20 } };
        Assert.Throws<NonFiniteLossException>(() => ToyReproduction.Run(
            options, 3, 2, (_, _) => { }, TestContext.Current.CancellationToken));
    }

    private static (List<string> Lines, List<ulong> Seeds) Reproduce(ToyOptions options, int threads)
    {
        var seeds = new List<ulong>();
        var results = ToyReproduction.Run(
            options, 5, threads, (seed, _) => seeds.Add(seed), TestContext.Current.CancellationToken);
        return ([.. results.Select(measured => $"{measured.Loss:R} {measured.SelectionEntropy:R} "
            + $"{measured.BatchSelectionEntropy:R} {string.Join(' ', measured.Usage)}")], seeds);
    }
}
