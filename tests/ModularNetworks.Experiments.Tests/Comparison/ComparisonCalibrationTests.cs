namespace ModularNetworks.Experiments.Tests;

public sealed class ComparisonCalibrationTests : IDisposable
{
    private const double SecondsOfMaking = 60;
    private const double SecondsOfOperation = 0.001;

    private readonly TemporaryFolder _folder = new();
    private readonly ComparisonCase.ManualTime _time = new();
    private int _folders;
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

    [Fact]
    public void Rows_that_there_is_no_time_to_begin_are_not_measured_but_for_dense_and_the_first_em()
    {
        Assert.Equal(["dense", "em-clusters"], Measure(secondsOfRounds: 100, secondsToBegin: 0).Costs.Select(cost => cost.Method).Distinct());
        var (costs, made) = Measure(secondsOfRounds: 100, secondsToBegin: 3 * SecondsOfMaking);
        Assert.Equal(["dense", "em-clusters", "em-column"], costs.Select(cost => cost.Method).Distinct());
        Assert.Equal(3, made);
    }

    [Fact]
    public void A_stop_is_heard_between_steps()
    {
        using var stop = new CancellationTokenSource();
        var asked = Assert.ThrowsAny<OperationCanceledException>(() => Measure(secondsOfRounds: 100, stop: stop));
        Assert.Equal((stop.Token, 1), (asked.CancellationToken, _made));
    }

    /// <summary>The costs of the rows, and the number of networks that were made to measure them.</summary>
    private (IReadOnlyList<ComparisonCost> Costs, int Made) Measure(
        double secondsOfRounds, double secondsToBegin = double.PositiveInfinity, CancellationTokenSource? stop = null)
    {
        bool isSlow = false;
        var kind = ExperimentKind.Of<TableOptions, string>(
            "Takes long to make.",
            options => options.Data,
            (options, _, kernels) =>
            {
                _made++;
                if (isSlow)
                {
                    stop?.Cancel();
                    _time.Pass(TimeSpan.FromSeconds(SecondsOfMaking));
                }
                return BuiltInExperiments.Catalogue.Create(options, kernels);
            });
        var question = ComparisonCase.Question(_folder, _time) with { Experiments = new ExperimentCatalogue(kind) };
        var plan = ModuleComparison.Open(_folder[$"c{_folders++}"], question, stop: TestContext.Current.CancellationToken).Plan;
        var runs = new ComparisonPlanner(question, ComparedData.Look(question.Options, question.Experiments, _time)).Runs(plan);
        (_made, isSlow) = (0, true);
        var costs = new ComparisonCalibration(runs, jobs: 1, secondsOfRow: 1, secondsOfRounds, SecondsOfOperation, _time)
        {
            SecondsToBegin = secondsToBegin,
        }.Measure(stop?.Token ?? TestContext.Current.CancellationToken);
        return (costs, _made);
    }
}
