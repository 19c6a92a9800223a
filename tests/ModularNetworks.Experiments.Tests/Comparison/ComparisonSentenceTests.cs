namespace ModularNetworks.Experiments.Tests;

public sealed class ComparisonSentenceTests
{
    [Fact]
    public void Modules_pay_where_the_whole_interval_is_on_their_side()
    {
        var answer = Answer(Row("dense", [0.80, 0.81, 0.79]), Row("em-clusters", [0.90, 0.91, 0.92]), Row("em-uniform", [0.7, 0.7, 0.7]));
        Assert.Equal(ComparisonVerdict.Pays, answer.Verdict);
        Assert.Equal("em-clusters", answer.Use);
        Assert.Equal(
            "Modules pay here: after 500 of the usual 3000 steps em-clusters has 0.9100 R² on test data and dense of equal operations 0.8000, better by 0.1100 "
            + "(95 % interval 0.0670 to 0.1530, 3 seeds); use em-clusters.",
            answer.Sentence);
    }

    [Fact]
    public void Dense_that_is_trained_for_as_many_operations_is_told_too()
    {
        ComparisonRow dense = Row("dense", [0.80, 0.81, 0.79]), em = Row("em-clusters", [0.90, 0.91, 0.92]);
        ComparisonAnswer At(params double[] longer) =>
            Answer(dense, em with { DifferenceAtEqualTraining = SuiteDifference.Of(em.Values, longer) }, Row("dense, longer", longer) with { Modules = 1 });
        Assert.EndsWith("3 seeds), and by 0.0300 than dense that is trained for as many operations; use em-clusters.", At(0.87, 0.88, 0.89).Sentence, StringComparison.Ordinal);
        string open = At(0.87, 0.93, 0.93).Sentence;
        Assert.StartsWith("Modules pay for equal steps only: ", open, StringComparison.Ordinal);
        Assert.EndsWith(", but not clearly better than dense that is trained for as many operations; use em-clusters.", open, StringComparison.Ordinal);
        var longer = At(0.94, 0.95, 0.96);
        Assert.Equal((ComparisonVerdict.Pays, "dense, longer"), (longer.Verdict, longer.Use));
        Assert.StartsWith("Modules pay for equal steps only: ", longer.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(", but dense that is trained for as many operations is better by 0.0400 (95 % interval 0.0400 to 0.0400, 3 seeds); use dense, longer.", longer.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_lower_is_better_the_sides_change()
    {
        ComparisonRow dense = Row("dense", [2.5, 2.6, 2.55]), em = Row("em-input", [2.3, 2.4, 2.36]);
        var paying = Answer(false, dense, em);
        Assert.Equal((ComparisonVerdict.Pays, "em-input"), (paying.Verdict, paying.Use));
        Assert.Contains("em-input has 2.3533 bits on test data and dense of equal operations 2.5500, better by 0.1967 (95 % interval 0.1823 to 0.2110, 3 seeds)", paying.Sentence, StringComparison.Ordinal);
        var losing = Answer(false, em with { Name = "dense", Method = "dense" }, dense with { Name = "em-input", Method = "em-input" });
        Assert.Equal((ComparisonVerdict.Loses, "dense"), (losing.Verdict, losing.Use));
        Assert.Contains("worse by 0.1967 (95 % interval 0.1823 to 0.2110, 3 seeds); use dense.", losing.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Modules_do_not_pay_where_the_whole_interval_is_on_the_other_side()
    {
        var answer = Answer(Row("dense", [0.90, 0.91, 0.92]), Row("em-clusters", [0.80, 0.81, 0.79]));
        Assert.Equal((ComparisonVerdict.Loses, "dense"), (answer.Verdict, answer.Use));
        Assert.StartsWith("Modules do not pay here: after 500 of the usual 3000 steps em-clusters has 0.8000 R² on ", answer.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_narrow_interval_around_zero_is_no_difference_and_a_wide_one_leaves_it_open()
    {
        var equal = Answer(Row("dense", [0.900, 0.901, 0.899]), Row("em-clusters", [0.9001, 0.9009, 0.8991]));
        Assert.Equal((ComparisonVerdict.Equal, "dense"), (equal.Verdict, equal.Use));
        Assert.EndsWith("the difference lies between 2.54e-4 worse and 3.20e-4 better (95 % interval, 3 seeds), less than 2 % of the error; use dense.", equal.Sentence, StringComparison.Ordinal);
        var open = Answer(Row("dense", [0.90, 0.91, 0.89]), Row("em-clusters", [0.95, 0.88, 0.91]));
        Assert.Equal((ComparisonVerdict.Open, null), (open.Verdict, open.Use));
        Assert.StartsWith("The budget was too short to tell whether modules pay here: ", open.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(" better (95 % interval, 3 seeds); try --budget 20 with a new --out.", open.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3000, 6, 20, "It cannot be told", "a larger budget brings no more seeds, but more data may tell, or more --steps with a new --out.")]
    [InlineData(2999, 6, 20, "The budget was too short to tell", "; try --budget 20 with a new --out.")]
    [InlineData(3000, 3, 20, "The budget was too short to tell", "; try --budget 8 with a new --out.")]
    [InlineData(3000, 6, 19, "The budget was too short to tell", "; try --budget 8 with a new --out.")]
    [InlineData(3000, 6, 21, "The budget was too short to tell", "; the same command with --budget 8 goes on with what is missing.", 20)]
    public void A_larger_budget_is_named_only_where_it_brings_more(int steps, int trials, int planned, string start, string end, int? seeds = null)
    {
        int count = seeds ?? planned;
        var plan = ComparisonCase.Plan with { Steps = steps, Trials = trials, Seeds = planned };
        double[] dense = [.. Enumerable.Range(0, count).Select(seed => 0.8 + (seed % 2 * 0.1))], em = [.. dense.Select(value => 1.71 - value)];
        var answer = new ComparisonSentence(plan, plan.BudgetMinutes, Compared(true, Row("dense", dense), Row("em-clusters", em)), count).Answer();
        Assert.Equal(ComparisonVerdict.Open, answer.Verdict);
        Assert.StartsWith($"{start} whether modules pay here: ", answer.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(end, answer.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void One_seed_tells_nothing()
    {
        var plan = ComparisonCase.Plan with { Steps = 3000 };
        var one = new ComparisonSentence(plan, plan.BudgetMinutes, Compared(true, Row("dense", [0.5]), Row("em-clusters", [0.9])), seeds: 1).Answer();
        Assert.Equal((ComparisonVerdict.Open, null), (one.Verdict, one.Use));
        Assert.Equal("The budget was too short to tell whether modules pay here: one seed alone came to its end; the same command with --budget 8 goes on with what is missing.", one.Sentence);
        Assert.Contains("no seed came to its end", new ComparisonSentence(plan, 4, [], seeds: 0).Answer().Sentence, StringComparison.Ordinal);
        Assert.Contains("not every method came to its end", Answer(Row("em-clusters", [0.9, 0.8, 0.9])).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_EM_is_chosen_by_validation_data_alone()
    {
        var better = Row("em-uniform", [0.95, 0.96, 0.95]) with { ValidValues = [0.1, 0.1, 0.1] };
        var answer = Answer(Row("dense", [0.80, 0.81, 0.79]), Row("em-clusters", [0.90, 0.91, 0.92]), better);
        Assert.Equal("em-clusters", answer.Use);
    }

    [Fact]
    public void Another_modular_method_is_named_if_it_wins_with_no_more_operations()
    {
        ComparisonRow dense = Row("dense", [0.80, 0.81, 0.79]), worse = Row("em-clusters", [0.70, 0.71, 0.69]);
        var reinforce = Row("reinforce", [0.90, 0.91, 0.92]);
        var answer = Answer(dense, worse, reinforce);
        Assert.Equal((ComparisonVerdict.Loses, "reinforce"), (answer.Verdict, answer.Use));
        Assert.StartsWith("Modules trained by EM do not pay here: ", answer.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("but reinforce has 0.9100, better by 0.1100 (95 % interval 0.0670 to 0.1530, 3 seeds): use reinforce.", answer.Sentence, StringComparison.Ordinal);
        Assert.Equal("dense", Answer(dense, worse, reinforce with { PredictionOperations = 200 }).Use);
        Assert.Equal("dense", Answer(dense, worse, reinforce with { Name = "dense-wide", Method = "dense-wide", Modules = 1 }).Use);
        var both = Answer(dense, Row("em-clusters", [0.88, 0.89, 0.87]), reinforce);
        Assert.Equal((ComparisonVerdict.Pays, "reinforce"), (both.Verdict, both.Use));
        Assert.Contains(", and reinforce, with 0.9100, is better on validation data; use reinforce.", both.Sentence, StringComparison.Ordinal);
    }

    private static ComparisonAnswer Answer(params ComparisonRow[] rows) => Answer(true, rows);

    private static ComparisonAnswer Answer(bool higherIsBetter, params ComparisonRow[] rows)
    {
        var plan = ComparisonCase.Plan with { HigherIsBetter = higherIsBetter, Metric = higherIsBetter ? "r2" : "bits" };
        return new ComparisonSentence(plan, plan.BudgetMinutes, Compared(higherIsBetter, rows), rows[0].Values.Count).Answer();
    }

    /// <summary>Rows beside dense, as the report makes them.</summary>
    private static ComparisonRow[] Compared(bool higherIsBetter, params ComparisonRow[] rows)
    {
        var dense = rows.FirstOrDefault(row => row.Name == "dense");
        return [.. rows.Select(row => dense is null || row == dense ? row : row with
        {
            DifferenceToDense = SuiteDifference.Of(row.Values, dense.Values),
            Verdict = SuiteDifference.Of(row.Values, dense.Values).IsBetter(higherIsBetter)
                ? row.PredictionOperations > dense.PredictionOperations ? SuiteVerdict.CostlierWin : SuiteVerdict.Win
                : SuiteVerdict.Open,
        })];
    }

    private static ComparisonRow Row(string name, double[] values) => new()
    {
        Name = name,
        Method = name,
        Mean = values.Average(),
        Values = values,
        ValidValues = values,
        Verdict = SuiteVerdict.Open,
        PredictionOperations = 100,
        PredictionMilliseconds = 0.01,
        Modules = name == "dense" ? 1 : 8,
        Picks = 1,
        TrainingOperations = 1e6,
        Steps = 500,
        LearningRate = 0.003,
        WeightDecay = 0,
        Command = ["train", "table"],
    };
}
