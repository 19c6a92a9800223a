using ModularNetworks.Experiments;

namespace ModularNetworks.Benchmarks;

/// <summary>Makes the report of what rank 0 measured.</summary>
/// <param name="cases">The ways to take steps, measured.</param>
/// <param name="messages">Times of messages; none of one rank.</param>
internal sealed class RankSummary(RankCases cases, IReadOnlyList<LinkTime> messages)
{
    // A byte asks for a stop. A block has a loss and two means of an M-step, two means of an E-step.
    private const double BytesOfStop = 1;
    private const double BytesOfLosses = 3 * sizeof(double) * RankCases.BlocksOfRank;
    private const double BytesOfSearches = 2 * sizeof(double) * RankCases.BlocksOfRank;

    // There is room for one more window a block, since blocks may differ by one.
    private static readonly double BytesOfCompositions = sizeof(int) * (RankWork.Windows + RankCases.BlocksOfRank) * RankWork.Sizes.Window;

    private readonly Link? _link = messages.Count == 0 ? null : Link.Fit(messages);
    private readonly RankGradients _gradients = RankGradients.Of(cases.Parameters);

    /// <summary>Makes the report.</summary>
    /// <param name="date">The day.</param>
    public RankReport Report(DateOnly date)
    {
        var local = LocalTimes.Measure((int)(_gradients.DenseBytes + _gradients.TableBytes));
        return new RankReport(
            date,
            Machine.This(),
            cases.Ranks.Size,
            cases.TreeAlone.Rounds.Count,
            messages,
            _link,
            local.AddedBytesPerSecond,
            Steps(times => times.MStep, link => new StepModel
            {
                RankSeconds = OfMiddle(cases.SideBySide!, times => times.MStep),
                Link = link,
                DenseBytes = _gradients.DenseBytes,
                TableBytes = _gradients.TableBytes,
                TableShare = RankGradients.TableShare,
                AddedBytesPerSecond = local.AddedBytesPerSecond,
                Gathers = [BytesOfStop, _gradients.RowBytes, BytesOfLosses],
            }),
            Steps(times => times.EStep, link => new StepModel
            {
                RankSeconds = OfMiddle(cases.SideBySide!, times => times.EStep),
                Link = link,
                Gathers = [BytesOfCompositions, BytesOfSearches],
                KeepingSeconds = local.KeepingSeconds,
            }));
    }

    private RankSteps Steps(Func<RankTimes, StepTime> kind, Func<Link, StepModel> model) => new(
        [.. cases.All.Select(one => Line(one, kind))],
        [.. Overheads(kind)],
        cases.Tree is null ? null : OfMiddle(cases.Tree, kind).Average(),
        _link is null ? null : model(_link));

    private RankLine Line(RankCase one, Func<RankTimes, StepTime> kind)
    {
        double[] seconds = Means(one, kind);
        // Fast sums are compared with one rank that makes them, all others with one rank that makes the tree.
        var beside = one == cases.Fast ? cases.FastAlone : one.Ranks > 1 ? cases.TreeAlone : null;
        return new RankLine(
            one.Name,
            one.Ranks,
            Spread.Of([.. seconds.Select(time => time * 1000)])!,
            one.IsShared ? Spread.Percentile([.. one.Rounds.Select(times => kind(times).Communicating * 1000)], 50) : null,
            beside is null ? null : Spread.Of([.. Means(beside, kind).Zip(seconds, (alone, together) => one.Ranks * alone / together)]));
    }

    private IEnumerable<RankOverhead> Overheads(Func<RankTimes, StepTime> kind)
    {
        yield return Overhead(cases.TreeAlone, cases.Whole, kind);
        yield return Overhead(cases.TreeAlone, cases.FastAlone, kind);
        if (cases.Tree is { } tree && cases.Fast is { } fast)
            yield return Overhead(tree, fast, kind);
    }

    private static RankOverhead Overhead(RankCase one, RankCase other, Func<RankTimes, StepTime> kind) => new(
        one.Name, other.Name, Spread.Of([.. Means(one, kind).Zip(Means(other, kind), (first, second) => first / second)])!);

    /// <summary>The mean time of each round.</summary>
    private static double[] Means(RankCase one, Func<RankTimes, StepTime> kind) => [.. one.Rounds.Select(times => kind(times).Seconds.Average())];

    /// <summary>The times of all steps of the middle half of the rounds: other programs may have disturbed single ones.</summary>
    private static double[] OfMiddle(RankCase one, Func<RankTimes, StepTime> kind)
    {
        int left = one.Rounds.Count / 4;
        return [.. one.Rounds.Select(times => kind(times).Seconds).OrderBy(seconds => seconds.Average()).Skip(left).SkipLast(left).SelectMany(seconds => seconds)];
    }
}
