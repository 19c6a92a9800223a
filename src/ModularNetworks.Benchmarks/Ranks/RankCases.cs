using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>The ways to take steps.</summary>
internal sealed class RankCases
{
    /// <summary>The number of blocks that each rank has of the tree's.</summary>
    public const int BlocksOfRank = 8;

    /// <summary>Prepares them, in the same way on each rank.</summary>
    /// <param name="setup">Makes words and weights, and the kernels of one thread.</param>
    /// <param name="ranks">All ranks.</param>
    public RankCases(BenchSetup setup, ICommunicator ranks)
    {
        var one = new SingleRank();
        var tree = new RankWork(setup, one, CutForTree);
        (Ranks, Parameters) = (ranks, tree.Parameters);
        Whole = new RankCase("1 rank alone, whole mini-batch", RankPhase.Alone, ranks, new RankWork(setup, one, cut: null));
        FastAlone = new RankCase("1 rank alone, --reduce fast", RankPhase.Alone, ranks, new RankWork(setup, one, BatchBlocks.Fast));
        TreeAlone = new RankCase($"1 rank alone, {BlocksOfRank} blocks", RankPhase.Alone, ranks, tree);
        All = [Whole, FastAlone, TreeAlone];
        if (ranks.Size == 1)
            return;
        SideBySide = new RankCase($"{ranks.Size} ranks, each for itself, {BlocksOfRank} blocks", RankPhase.SideBySide, ranks, tree);
        Fast = new RankCase($"{ranks.Size} ranks, --reduce fast", RankPhase.Together, ranks, new RankWork(setup, ranks, BatchBlocks.Fast));
        Tree = new RankCase(
            $"{ranks.Size} ranks, {BlocksOfRank * ranks.Size} blocks", RankPhase.Together, ranks, new RankWork(setup, ranks, CutForTree));
        All = [.. All, SideBySide, Fast, Tree];
    }

    /// <summary>All ranks.</summary>
    public ICommunicator Ranks { get; }

    /// <summary>The parameters of a network.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>All ways.</summary>
    public IReadOnlyList<RankCase> All { get; }

    /// <summary>One rank, whose mini-batch is not cut.</summary>
    public RankCase Whole { get; }

    /// <summary>One rank, with one block.</summary>
    public RankCase FastAlone { get; }

    /// <summary>One rank, with the tree's blocks.</summary>
    public RankCase TreeAlone { get; }

    /// <summary>All ranks with the tree's blocks, each for itself: what it costs that they share a machine; null if there is one.</summary>
    public RankCase? SideBySide { get; }

    /// <summary>All ranks, with a block each; null if there is one.</summary>
    public RankCase? Fast { get; }

    /// <summary>All ranks, with the tree's blocks; null if there is one.</summary>
    public RankCase? Tree { get; }

    private static BatchBlocks CutForTree(ICommunicator ranks) => BatchBlocks.Tree(ranks, BlocksOfRank * ranks.Size);
}
