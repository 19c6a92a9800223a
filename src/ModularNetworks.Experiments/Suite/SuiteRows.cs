namespace ModularNetworks.Experiments;

/// <summary>Makes the rows of a report from the runs in a folder.</summary>
internal static class SuiteRows
{
    /// <summary>The rows all of whose seeds are finished, in the order of tasks, tables and methods.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="seeds">The number of seeds that rows are made of; null for all that are asked for.</param>
    /// <exception cref="RunException">A file of a run is damaged.</exception>
    public static IReadOnlyList<SuiteRow> Read(SuiteFolder folder, int? seeds = null)
    {
        var rows = folder.Plan.AllRows()
            .Select(row => (row.Table, row.Series, Results: Finished(folder, row.Series, seeds)))
            .Where(row => row.Results.Count > 0)
            .Select(row => Of(row.Table, row.Series, row.Results))
            .ToList();
        var others = rows.Where(row => row.Method is SuiteMethod.Dense or SuiteMethod.DenseWide).ToDictionary(row => (row.Task, row.Table, row.Method));
        return [.. rows.Select(row => others.TryGetValue((row.Task, row.Table, SuiteMethod.Dense), out var dense)
            ? Compared(row, dense, others.GetValueOrDefault((row.Task, row.Table, SuiteMethod.DenseWide)))
            : row)];
    }

    /// <summary>A row beside the dense networks of its table.</summary>
    /// <param name="row">The row.</param>
    /// <param name="dense">The row of dense.</param>
    /// <param name="wide">The row of dense-wide; null if it is not finished.</param>
    public static SuiteRow Compared(SuiteRow row, SuiteRow dense, SuiteRow? wide = null)
    {
        if (row.Method == SuiteMethod.Dense)
            return row;
        var difference = SuiteDifference.Of(row.Runs.Values, dense.Runs.Values);
        return row with
        {
            DifferenceToDense = difference,
            Verdict = VerdictOf(row, dense, difference),
            GapClosed = wide is null || row.Method == SuiteMethod.DenseWide ? null : SuiteGap.Of(row, dense, wide),
        };
    }

    private static SuiteVerdict VerdictOf(SuiteRow row, SuiteRow dense, SuiteDifference difference)
    {
        if (difference.IsBetter(!row.HigherIsBetter))
            return SuiteVerdict.Loss;
        if (!difference.IsBetter(row.HigherIsBetter))
            return SuiteVerdict.Open;
        bool isCostlier = row.Table == SuiteTable.Prediction
            ? row.PredictionOperations > dense.PredictionOperations
            : row.TrainingOperations > dense.TrainingOperations;
        return isCostlier ? SuiteVerdict.CostlierWin : row.IsControl ? SuiteVerdict.Fault : SuiteVerdict.Win;
    }

    private static List<SuiteResult> Finished(SuiteFolder folder, SuiteSeries series, int? seeds)
    {
        var results = new List<SuiteResult>();
        foreach (var run in folder.Plan.FinalRunsOf(series, seeds))
        {
            if (folder.FinishedResultOf(run) is not { } result)
                return [];
            results.Add(result);
        }
        return results;
    }

    private static SuiteRow Of(SuiteTable table, SuiteSeries series, List<SuiteResult> results)
    {
        var options = results[0].Options;
        return new SuiteRow(SuiteMeasures.MeansOf([.. results.Select(result => result.Measures)]))
        {
            Task = series.Task.Name,
            Method = series.Method.Name,
            Modules = options.Modules,
            Picks = options.PicksOfMethod,
            Metric = series.Task.Metric,
            HigherIsBetter = series.Task.HigherIsBetter,
            PredictionOperations = results[0].PredictionOperations,
            TrainingOperations = results[0].TrainingOperations,
            Table = table,
            IsControl = series.Task.IsControl,
            Runs = new SuiteRuns
            {
                Values = [.. results.Select(result => result.Test!.Value)],
                ValidValues = [.. results.Select(result => result.Valid)],
                Steps = results[0].Steps,
                LearningRate = options.Optimizer.LearningRate,
                WeightDecay = options.Optimizer.WeightDecay,
                WallSeconds = Math.Round(results.Sum(result => result.WallSeconds), 3),
            },
        };
    }
}
