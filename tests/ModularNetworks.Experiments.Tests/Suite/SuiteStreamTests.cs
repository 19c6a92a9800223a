namespace ModularNetworks.Experiments.Tests;

public sealed class SuiteStreamTests
{
    private static readonly SuiteTask Stream = SuiteTasks.All.Single(task => task.Name == StreamOptions.Name);

    [Fact]
    public void A_stream_is_learned_by_the_methods_that_can_be_told_the_task()
    {
        var methods = SuiteMethods.All.Where(method => method.AppliesTo(Stream)).ToList();
        Assert.Equal(["dense", "assigned", "em"], methods.Select(method => method.Name));
        foreach (var method in methods)
            (method.Options(Stream.Options) with { Threads = 1 }).Validate();
    }

    [Fact]
    public void Rows_have_the_backward_transfer_and_count_the_E_steps_of_the_stream()
    {
        using var folder = new TemporaryFolder();
        var options = (StreamOptions)Stream.Options with { Data = GeneratedDigits.WriteTo(folder), Steps = 40, BatchSize = 8, Modules = 4 };
        var task = Stream with { Options = options };
        var methods = SuiteMethods.All.Where(method => method.Name is "dense" or "em").ToList();
        var plan = SuiteCase.Plan([task], seeds: 1, trials: 1, methods, catalogue: new SuiteCatalogue([task], methods));
        Assert.True(SuiteCase.Reproduce(plan, folder["s"]));
        var (em, dense) = (SuiteCase.Row(folder["s"], "em"), SuiteCase.Row(folder["s"], "dense", "training"));
        Assert.Equal(0, em["backwardTransfer"]!.GetValue<double>());
        Assert.NotEqual(0, dense["backwardTransfer"]!.GetValue<double>());
        long prediction = em["predictionOperations"]!.GetValue<long>();
        double training = ((3 * options.Steps) + StreamCounts.MostEStepPredictions(options)) * options.BatchSize * prediction;
        Assert.Equal(training, em["trainingOperations"]!.GetValue<double>());
        Assert.InRange(dense["trainingOperations"]!.GetValue<double>() / training, 1, 1.1);
    }
}
