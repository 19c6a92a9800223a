using ModularNetworks.Experiments;

namespace ModularNetworks.Benchmarks;

/// <summary>What was measured of ranks that train together, and what a model forecasts.</summary>
/// <param name="Date">The day.</param>
/// <param name="Machine">The machine of rank 0.</param>
/// <param name="Ranks">The number of ranks.</param>
/// <param name="Rounds">The number of times that each line was measured.</param>
/// <param name="Messages">Times of messages between ranks; none of one rank.</param>
/// <param name="Link">The link that is nearest to them; null for one rank.</param>
/// <param name="AddedBytesPerSecond">The bytes of gradients to which a rank adds as many in a second.</param>
/// <param name="MSteps">M-steps.</param>
/// <param name="ESteps">E-steps.</param>
public sealed record RankReport(
    DateOnly Date,
    Machine Machine,
    int Ranks,
    int Rounds,
    IReadOnlyList<LinkTime> Messages,
    Link? Link,
    double AddedBytesPerSecond,
    RankSteps MSteps,
    RankSteps ESteps)
{
    /// <summary>The number of windows of each rank in a mini-batch.</summary>
    public static int Windows => RankWork.Windows;
}

/// <summary>Steps of one kind.</summary>
/// <param name="Lines">The ways in which they were taken.</param>
/// <param name="Overheads">What one way costs beside another.</param>
/// <param name="Measured">The mean time of a step of all ranks by the tree, in the middle half of the rounds, in seconds; null for one rank.</param>
/// <param name="Model">Forecasts it; null for one rank.</param>
public sealed record RankSteps(IReadOnlyList<RankLine> Lines, IReadOnlyList<RankOverhead> Overheads, double? Measured, StepModel? Model);

/// <summary>A way to take steps.</summary>
/// <param name="Name">The way.</param>
/// <param name="Ranks">The number of ranks whose windows are counted.</param>
/// <param name="Milliseconds">The time of a step, of the rounds.</param>
/// <param name="CommunicationMilliseconds">The part of it in which rank 0 waited for others or copied numbers; null where there are no others.</param>
/// <param name="Scaling">The windows a second over those of one rank alone, of the rounds; null where that is not asked.</param>
public sealed record RankLine(string Name, int Ranks, Spread Milliseconds, double? CommunicationMilliseconds, Spread? Scaling)
{
    /// <summary>The windows that go through a step in a second.</summary>
    public double WindowsPerSecond => RankWork.Windows * Ranks / Milliseconds.Median * 1000;
}

/// <summary>What a way to take steps costs beside another.</summary>
/// <param name="Name">The one.</param>
/// <param name="Other">The other.</param>
/// <param name="Ratio">The time of the one over that of the other, of the rounds.</param>
public sealed record RankOverhead(string Name, string Other, Spread Ratio);
