namespace ModularNetworks.Experiments.Tests;

public sealed class ComparisonCalibrationTests : IDisposable
{
    private const double SecondsOfMaking = 60;
    private const double SecondsOfOperation = 0.001;

    private readonly TemporaryFolder _folder = new();
    private readonly ComparisonCase.ManualTime _time = new();
    private int _made;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_row_whose_first_round_is_longer_than_its_share_is_measured_once_and_its_evaluation_is_estimated()
    {
        var (costs, made) = Measure(secondsOfRounds: 100);
        Assert.Equal(costs.Select(cost => cost.Method).Distinct().Count(), made);
        Assert.All(costs, cost => Assert.Equal(SecondsOfMaking, cost.SetupSeconds));
        Assert.All(costs, cost => Assert.True(cost.EvaluationSeconds >= 10 * SecondsOfOperation && double.IsFinite(cost.PredictionMilliseconds)));
    }

    [Fact]
    public void A_row_that_has_time_is_measured_again_and_its_evaluation_too()
    {
        var (costs, made) = Measure(secondsOfRounds: 1100);
        Assert.Equal(2 * costs.Select(cost => cost.Method).Distinct().Count(), made);
        Assert.All(costs, cost => Assert.Equal(0, cost.EvaluationSeconds));
    }

    /// <summary>The costs of the rows, and the number of networks that were made to measure them.</summary>
    private (IReadOnlyList<ComparisonCost> Costs, int Made) Measure(double secondsOfRounds)
    {
        bool isSlow = false;
        var kind = ExperimentKind.Of<TableOptions, string>(
            "Takes long to make.",
            options => options.Data,
            (options, _, kernels) =>
            {
                _made++;
                if (isSlow)
                    _time.Pass(TimeSpan.FromSeconds(SecondsOfMaking));
                return BuiltInExperiments.Catalogue.Create(options, kernels);
            });
        var question = ComparisonCase.Question(_folder, _time) with { Experiments = new ExperimentCatalogue(kind) };
        var plan = ModuleComparison.Open(_folder["c"], question, stop: TestContext.Current.CancellationToken).Plan;
        var runs = new ComparisonPlanner(question, ComparedData.Look(question.Options, question.Experiments, _time)).Runs(plan);
        (_made, isSlow) = (0, true);
        var costs = new ComparisonCalibration(runs, jobs: 1, secondsOfRow: 1, secondsOfRounds, SecondsOfOperation, _time)
            .Measure(TestContext.Current.CancellationToken);
        return (costs, _made);
    }
}
