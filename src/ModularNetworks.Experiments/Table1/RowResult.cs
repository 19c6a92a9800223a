namespace ModularNetworks.Experiments;

/// <summary>The results of the finished runs of a row, each number with its spread over the seeds.</summary>
/// <param name="Row">The row.</param>
/// <param name="Runs">Its runs, which took the same number of steps.</param>
public sealed record RowResult(Table1Row Row, IReadOnlyList<RunResult> Runs)
{
    /// <summary>The number of gradient steps.</summary>
    public long Steps => Runs[0].Steps;

    /// <summary>The test perplexity after the last step.</summary>
    public SeedSpread? Test => Spread(run => run.Test);

    /// <summary>The test perplexity after the last step with the state carried through the text.</summary>
    public SeedSpread? TestStream => Spread(run => run.TestStream);

    /// <summary>The test perplexity at the step with the lowest validation perplexity.</summary>
    public SeedSpread? BestTest => Spread(run => run.BestTest);

    /// <summary>The step with the lowest validation perplexity.</summary>
    public SeedSpread? BestStep => Spread(run => run.BestStep);

    /// <summary>The validation perplexity after the last step.</summary>
    public SeedSpread? Valid => Spread(run => run.Valid);

    /// <summary>The lowest validation perplexity.</summary>
    public SeedSpread? BestValid => Spread(run => run.BestValid);

    /// <summary>The training perplexity at the end.</summary>
    public SeedSpread? Train => Spread(run => run.Train);

    /// <summary>H_a, in nats.</summary>
    public SeedSpread? SelectionEntropy => Spread(run => run.SelectionEntropy);

    /// <summary>H_b, in nats.</summary>
    public SeedSpread? BatchSelectionEntropy => Spread(run => run.BatchSelectionEntropy);

    /// <summary>ln M, the most that H_a and H_b can be, in nats; null if nothing is selected.</summary>
    public double? LogModules => SelectionEntropy is null ? null : Math.Log(Row.Modules);

    /// <summary>The number of modules that are used.</summary>
    public SeedSpread? ModulesUsed => Spread(run => run.ModulesUsed);

    /// <summary>How long a run took, in seconds.</summary>
    public SeedSpread? WallSeconds => Spread(run => run.WallSeconds);

    /// <summary>The mean time of a gradient step, in milliseconds.</summary>
    public SeedSpread? StepMilliseconds => Spread(run => run.StepMilliseconds);

    /// <summary>The mean time of an E-step, in milliseconds; null if there are none.</summary>
    public SeedSpread? EStepMilliseconds => Spread(run => run.EStepMilliseconds);

    /// <summary>The results of a row: those of its runs that took the most steps.</summary>
    /// <param name="row">The row.</param>
    /// <param name="finished">All finished runs of the row, at least one.</param>
    public static RowResult Of(Table1Row row, IReadOnlyList<RunResult> finished) => new(row, ReproductionRuns.Longest(finished));

    private SeedSpread? Spread(Func<RunResult, double?> number) => SeedSpread.Of(Runs.Select(number));
}
