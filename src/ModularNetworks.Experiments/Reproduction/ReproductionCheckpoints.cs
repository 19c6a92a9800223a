namespace ModularNetworks.Experiments;

/// <summary>How often the runs of a reproduction leave checkpoints.</summary>
internal static class ReproductionCheckpoints
{
    // So that short runs too can go on from somewhere in their middle.
    private const int FewestCheckpoints = 4;

    /// <summary>Gradient steps between two checkpoints: as the options say, or fewer in a short run.</summary>
    public static long Every(RunOptions shared) =>
        Math.Clamp(shared.Steps / FewestCheckpoints, 1, shared.CheckpointEvery);
}
