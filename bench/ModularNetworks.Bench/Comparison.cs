using System.Diagnostics;

namespace ModularNetworks.Bench;

/// <summary>
/// Times two contestants in turn, so that whatever else the machine does hits both alike. The median of a round's steps
/// stands for the round; ratios are taken within a round.
/// </summary>
/// <param name="own">This library.</param>
/// <param name="peer">The other one; null to time this library alone.</param>
/// <param name="progress">Is told what happens.</param>
internal sealed class Comparison(IContestant own, IContestant? peer, Action<string> progress)
{
    // The runtime compiles a method anew, optimised for what it saw, after 30 calls and in the background; steps are fast
    // for good a second or two later.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    /// <summary>Warms up, then measures.</summary>
    /// <param name="cases">What to time.</param>
    /// <param name="rounds">How often each case is timed on both sides.</param>
    public ComparisonResult Run(IReadOnlyList<StepCase> cases, int rounds)
    {
        foreach (var what in cases)
        {
            progress($"warm-up, {what.Name}");
            RunFor(own, what);
            if (peer is not null)
                RunFor(peer, what);
        }
        var load = new LoadMeter(peer is null ? [own] : [own, peer]);
        var times = cases.Select(what => new CaseTimes(what)).ToArray();
        for (int round = 0; round < rounds; round++)
        {
            foreach (var one in times)
            {
                progress($"round {round + 1} of {rounds}, {one.Case.Name}");
                TimeOnce(one, ownFirst: round % 2 == 0);
            }
        }
        return new ComparisonResult(
            [.. times.Select(one => one.Summarize())], own.ResidentBytes, peer?.ResidentBytes, load.ForeignCores());
    }

    private static void RunFor(IContestant contestant, StepCase what)
    {
        long start = Stopwatch.GetTimestamp();
        do
            contestant.Run(what, 1);
        while (Stopwatch.GetElapsedTime(start) < WarmUp);
    }

    /// <summary>Who goes first changes from round to round.</summary>
    private void TimeOnce(CaseTimes times, bool ownFirst)
    {
        if (ownFirst)
            times.Own.Add(MedianTime(own, times.Case));
        if (peer is not null)
            times.Peer.Add(MedianTime(peer, times.Case));
        if (!ownFirst)
            times.Own.Add(MedianTime(own, times.Case));
    }

    /// <summary>One step more is taken first and not counted: the caches hold the other side's numbers.</summary>
    private static double MedianTime(IContestant contestant, StepCase what) =>
        Spread.MedianOf(contestant.Run(what, what.StepsPerRound + 1)[1..]);

    /// <summary>The times of one case, in milliseconds, a number a round.</summary>
    private sealed record CaseTimes(StepCase Case)
    {
        public List<double> Own { get; } = [];

        public List<double> Peer { get; } = [];

        public CaseResult Summarize() => Peer.Count == 0
            ? new CaseResult(Case, Spread.Of(Own), null, null)
            : new CaseResult(
                Case, Spread.Of(Own), Spread.Of(Peer), Spread.Of([.. Own.Zip(Peer, (own, peer) => peer / own)]));
    }
}
