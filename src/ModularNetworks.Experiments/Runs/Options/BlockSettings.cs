using System.Numerics;

namespace ModularNetworks.Experiments;

/// <summary>How mini-batches are cut into blocks that ranks can share (<see cref="BatchBlocks"/>).</summary>
public sealed record BlockSettings : OptionGroup
{
    /// <summary>The number of blocks where several ranks train and nothing is said, unless there are more ranks.</summary>
    public const int UsualBlocks = 8;

    /// <summary>The number of blocks of a mini-batch, a power of two; 1 for whole mini-batches, which one process trains on.</summary>
    public int Blocks { get; init; } = 1;

    /// <summary>How gradients are added up; has an effect with several ranks only.</summary>
    public Reductions Reduce { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(Blocks >= 1 && BitOperations.IsPow2(Blocks), "blocks", Blocks, "a power of two, such as 8");
        Require(Reduce == Reductions.Tree || Blocks == 1, "blocks", Blocks, "1 with reduce=fast, which cuts a mini-batch into a block for each rank");
    }
}
