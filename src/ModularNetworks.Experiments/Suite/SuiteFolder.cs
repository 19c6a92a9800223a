using System.Collections.Concurrent;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// A folder with the run folders of a suite. The options of final runs follow from the trials in the folder, so that a suite that is
/// started again goes on with the same ones.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="plan">The runs.</param>
public sealed class SuiteFolder(string path, SuitePlan plan)
    : ReproductionFolder<SuiteSeries, SuiteResult>(path, Planned(plan).AllSeries, plan.Experiments)
{
    // What has taken the steps that are asked for stays as it is.
    private readonly ConcurrentDictionary<string, SuiteResult> _finished = [];

    /// <summary>The runs.</summary>
    public SuitePlan Plan => plan;

    /// <inheritdoc/>
    public override RunOptions OptionsOf(SeedRun<SuiteSeries> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return plan.OptionsOf(run, run.Series.Trial ?? ChosenSetting(run.Series));
    }

    /// <inheritdoc/>
    public override bool IsReady(SeedRun<SuiteSeries> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return plan.Includes(run.Series) && (run.Series.IsTrial || plan.TrialsOf(run.Series).All(IsEnded));
    }

    /// <inheritdoc/>
    public override bool MayDiverge(SeedRun<SuiteSeries> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Series.IsTrial || plan.Scope.LosesDivergedRows;
    }

    /// <inheritdoc/>
    public override Experiment Create(SeedRun<SuiteSeries> run, RunOptions options, Kernels kernels)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new SuiteExperiment(plan.Experiments.Create(options, kernels), run.Series, plan.Scope.InspectsRuns, kernels);
    }

    /// <summary>The results of a run; null if it is not finished.</summary>
    /// <exception cref="RunException">A file of the run is damaged.</exception>
    internal SuiteResult? FinishedResultOf(SeedRun<SuiteSeries> run)
    {
        if (_finished.TryGetValue(run.Name, out var known))
            return known;
        return ResultOf(run) is { } result && (!plan.Includes(run.Series) || result.Steps == plan.StepsOf(run.Series))
            ? _finished.GetOrAdd(run.Name, result)
            : null;
    }

    /// <summary>Whether a run needs no more training.</summary>
    internal bool IsEnded(SeedRun<SuiteSeries> run) =>
        FinishedResultOf(run) is not null || (MayDiverge(run) && DivergenceOf(run) is not null);

    /// <inheritdoc/>
    protected override SuiteResult Read(SeedRun<SuiteSeries> run, RunFolder folder, RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(folder);
        var (options, inspection) = (folder.ReadOptions(plan.Experiments), SuiteInspection.Read(folder));
        return ReproductionRuns.Read(
            run.Name, RunFiles.Summary, "Delete it, and go on with the run.",
            () => SuiteResult.Of(run.Series, options, summary, inspection));
    }

    private static SuitePlan Planned(SuitePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan;
    }

    /// <summary>The number of the setting whose trial came out best on the validation data after its last step; of equal ones the first.</summary>
    private int ChosenSetting(SuiteSeries series)
    {
        var valid = plan.TrialsOf(series).Select(trial => (Setting: trial.Series.Trial!.Value, FinishedResultOf(trial)?.Valid))
            .Where(trial => trial.Valid is not null);
        var best = series.Task.HigherIsBetter ? valid.OrderByDescending(trial => trial.Valid) : valid.OrderBy(trial => trial.Valid);
        return best.Select(trial => trial.Setting).FirstOrDefault();
    }
}
