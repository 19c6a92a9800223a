namespace ModularNetworks.Experiments;

/// <summary>Makes the rows of a comparison's report from the runs in its folder.</summary>
internal static class ComparisonRows
{
    /// <summary>The name of the row of dense that is trained for as many operations as EM.</summary>
    public const string DenseLonger = $"{SuiteMethod.Dense}, longer";

    /// <summary>The number of seeds that all rows have, and the rows that lost a run since it diverged.</summary>
    public static (int Seeds, IReadOnlyList<string> Diverged) Complete(SuiteFolder folder)
    {
        int seeds = 0;
        while (seeds < folder.Plan.Scope.Seeds && folder.Plan.Rows().All(row => folder.IsEnded(new SeedRun<SuiteSeries>(row, (ulong)seeds + 1))))
            seeds++;
        return (seeds, [.. folder.Plan.Rows()
            .Where(row => folder.Plan.FinalRunsOf(row, seeds).Any(run => folder.FinishedResultOf(run) is null)).Select(NameOf)]);
    }

    /// <summary>The rows, in the order in which they are trained.</summary>
    /// <exception cref="RunException">A file of a run is damaged.</exception>
    public static IReadOnlyList<ComparisonRow> Read(SuiteFolder folder, ComparisonPlan plan, int seeds)
    {
        if (seeds == 0)
            return [];
        var rows = SuiteRows.Read(folder, seeds);
        var costs = plan.Costs.ToDictionary(cost => cost.Row);
        return [.. folder.Plan.Rows().Select(series => (Series: series, Row: Find(rows, series.Method, series.Table))).Where(row => row.Row is not null)
            .Select(row => Of(folder, row.Series, row.Row!, costs[row.Series.Name], AtEqualTraining(rows, row.Series)))];
    }

    private static SuiteRow? Find(IReadOnlyList<SuiteRow> rows, SuiteMethod method, SuiteTable table) =>
        rows.FirstOrDefault(row => row.Method == method.Name && row.Table == table);

    private static SuiteDifference? AtEqualTraining(IReadOnlyList<SuiteRow> rows, SuiteSeries series) =>
        series.Method.IsEm ? Find(rows, series.Method, SuiteTable.Training)?.DifferenceToDense : null;

    private static string NameOf(SuiteSeries series) => series.Table == SuiteTable.Training ? DenseLonger : series.Method.Name;

    private static ComparisonRow Of(SuiteFolder folder, SuiteSeries series, SuiteRow row, ComparisonCost cost, SuiteDifference? atEqualTraining)
    {
        var options = folder.OptionsOf(new SeedRun<SuiteSeries>(series, 1));
        var kind = folder.Plan.Experiments.Kinds.First(kind => kind.Name == options.Experiment);
        return new ComparisonRow
        {
            Name = NameOf(series),
            Method = row.Method,
            Mean = row.Mean,
            Interval = row.Interval,
            Values = row.Runs.Values,
            ValidValues = row.Runs.ValidValues,
            DifferenceToDense = row.DifferenceToDense,
            DifferenceAtEqualTraining = atEqualTraining,
            Verdict = row.Verdict,
            PredictionOperations = row.PredictionOperations,
            PredictionMilliseconds = cost.PredictionMilliseconds,
            Modules = row.Modules,
            Picks = row.Picks,
            ModulesUsed = row.ModulesUsed,
            TrainingOperations = row.TrainingOperations,
            Steps = row.Runs.Steps,
            LearningRate = row.Runs.LearningRate,
            WeightDecay = row.Runs.WeightDecay,
            Command = TrainCommand.Words(kind, options),
        };
    }
}
