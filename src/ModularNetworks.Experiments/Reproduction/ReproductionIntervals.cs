namespace ModularNetworks.Experiments;

/// <summary>The intervals at which the runs of a reproduction write.</summary>
internal static class ReproductionIntervals
{
    // So that short runs too can go on from somewhere in their middle.
    private const int FewestCheckpoints = 4;

    /// <summary>The intervals that all runs have in common, but with more checkpoints in a short run.</summary>
    /// <param name="shared">The options that all runs have in common.</param>
    public static IntervalSettings Of(RunOptions shared) => shared.Intervals with
    {
        CheckpointEvery = Math.Clamp(shared.Steps / FewestCheckpoints, 1, shared.Intervals.CheckpointEvery),
    };
}
