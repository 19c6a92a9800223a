namespace ModularNetworks.Experiments.Tests;

public sealed class ComparisonPreparationTests : IDisposable
{
    private static readonly TimeSpan HalfABudget = TimeSpan.FromMinutes(31);

    private readonly TemporaryFolder _folder = new();
    private readonly ComparisonCase.ManualTime _time = new();
    private int _made;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Data_whose_reading_takes_the_budget_are_refused_and_the_reading_is_ended()
    {
        bool isEnded = false;
        var kind = ExperimentKind.Of<TableOptions, string>(
            "Reads without end.",
            (options, progress) =>
            {
                string large = _folder["large.csv"];
                File.WriteAllText(large, "x,y\n1,2\n");
                _time.Pass(HalfABudget);
                try
                {
                    Data.TextTable.Read(large, progress: progress);
                }
                catch (OperationCanceledException)
                {
                    isEnded = true;
                    throw;
                }
                return options.Data;
            },
            (options, _, kernels) => BuiltInExperiments.Catalogue.Create(options, kernels));
        Refused(kind, "--budget: reading the data took 1860 s of 3600 s, and the rest does not pay for runs. Give a larger --budget,");
        Assert.True(isEnded);
    }

    [Fact]
    public void Networks_are_not_made_any_more_when_the_time_is_over()
    {
        var kind = Making(made => made == 3 ? HalfABudget : TimeSpan.Zero);
        Refused(kind, "--budget: reading the data and measuring the speed took 1860 s of 3600 s");
        Assert.Equal(3, _made);
    }

    [Fact]
    public void A_comparison_that_goes_on_may_read_for_longer()
    {
        ComparisonCase.Open(_folder, "c", ComparisonCase.Question(_folder, _time));
        var kind = Making(_ => HalfABudget);
        var question = ComparisonCase.Question(_folder, _time) with { Experiments = new ExperimentCatalogue(kind) };
        Assert.Equal(2, ComparisonCase.Open(_folder, "c", question).Plan.Trials);
    }

    private ExperimentKind Making(Func<int, TimeSpan> timeOf) => ExperimentKind.Of<TableOptions, string>(
        "Takes long to make.",
        options => options.Data,
        (options, _, kernels) =>
        {
            _time.Pass(timeOf(++_made));
            return BuiltInExperiments.Catalogue.Create(options, kernels);
        });

    private void Refused(ExperimentKind kind, string expected)
    {
        var question = ComparisonCase.Question(_folder, _time) with { Experiments = new ExperimentCatalogue(kind) };
        var error = Assert.Throws<RunException>(() => ModuleComparison.Open(_folder["c"], question, stop: TestContext.Current.CancellationToken));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["c"]));
    }
}
