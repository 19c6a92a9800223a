using System.Numerics;

namespace ModularNetworks.Experiments;

/// <summary>Options of the optimiser, Adam, of its step size over time, and of how the gradient of a mini-batch is added up.</summary>
public sealed record OptimizerSettings : OptionGroup
{
    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; }

    /// <summary>The number of gradient steps in which the step size halves; 0 if it stays as it is.</summary>
    public double LearningRateHalfLife { get; init; }

    /// <summary>
    /// The share of the gradient steps, the last ones, over which the step size falls to zero in a straight line; 0 if it does not.
    /// </summary>
    public double LearningRateCooldown { get; init; }

    /// <summary>AdamW's decoupled weight decay; 0 for none.</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// Whether modules that a mini-batch does not use keep their weights, instead of moving on by their average gradient
    /// (<see cref="Engine.Adam.Lazy"/>).
    /// </summary>
    public bool LazyAdam { get; init; }

    /// <summary>The norm that gradients are scaled down to; 0 for no limit.</summary>
    public double MaxGradientNorm { get; init; }

    /// <summary>
    /// Whether a gradient step whose loss or gradient is not a finite number is left out and counted; else it ends the run.
    /// </summary>
    public bool SkipNonFinite { get; init; }

    /// <summary>
    /// The number of blocks that mini-batches are cut into, so that ranks can share them (<see cref="BatchBlocks"/>): a power of two; 1 for whole
    /// mini-batches, which one process trains on.
    /// </summary>
    public int Blocks { get; init; } = 1;

    /// <summary>How the gradients of the blocks are added up; has an effect with several ranks only.</summary>
    public Reductions Reduce { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(double.IsFinite(LearningRate) && LearningRate > 0, "learningRate", LearningRate, "a number above 0");
        RequireAtLeastZero("learningRateHalfLife", LearningRateHalfLife);
        Require(LearningRateCooldown is >= 0 and <= 1, "learningRateCooldown", LearningRateCooldown, "from 0 to 1");
        RequireAtLeastZero("weightDecay", WeightDecay);
        RequireAtLeastZero("maxGradientNorm", MaxGradientNorm);
        Require(Blocks >= 1 && BitOperations.IsPow2(Blocks), "blocks", Blocks, "a power of two, such as 8");
        Require(Reduce == Reductions.Tree || Blocks == 1, "blocks", Blocks, "1 with reduce=fast, which cuts a mini-batch into a block for each rank");
    }

    /// <summary>The step size of the gradient step after some others.</summary>
    /// <param name="steps">The number of gradient steps taken before.</param>
    /// <param name="total">The number of gradient steps to take in all.</param>
    internal double LearningRateAfter(long steps, long total) =>
        new LearningRateSchedule(LearningRate, LearningRateHalfLife, LearningRateCooldown).After(steps, total);
}
