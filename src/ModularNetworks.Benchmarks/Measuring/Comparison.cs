using System.Diagnostics;

namespace ModularNetworks.Benchmarks;

/// <summary>
/// Times two contestants and the machine's peaks in turn, so that whatever else the machine does hits all alike. Ratios are
/// taken within a round. A case that the peer fails at goes on without it.
/// </summary>
/// <param name="own">This library.</param>
/// <param name="peer">The peer; null to time this library alone.</param>
/// <param name="peaksOfOne">Measures the machine's peaks with one thread.</param>
/// <param name="peaksOfAll">Measures the machine's peaks with all threads.</param>
/// <param name="warmUp">The time for which each case is done first; each is done once at least.</param>
/// <param name="progress">Is told what happens.</param>
internal sealed class Comparison(
    IContestant own, IContestant? peer, PeakMeter peaksOfOne, PeakMeter peaksOfAll, TimeSpan warmUp, Action<string> progress)
{
    // A peer that failed starts anew, and has everything to warm up.
    private readonly HashSet<BenchCase> _warmOnPeer = [];
    private readonly List<MachinePeaks> _ofOne = [];
    private readonly List<MachinePeaks> _ofAll = [];

    /// <summary>The machine's peaks with one thread, a measurement a turn.</summary>
    public IReadOnlyList<MachinePeaks> PeaksOfOne => _ofOne;

    /// <summary>The machine's peaks with all threads, a measurement a turn.</summary>
    public IReadOnlyList<MachinePeaks> PeaksOfAll => _ofAll;

    /// <summary>Warms up, then measures.</summary>
    /// <param name="cases">The cases to time.</param>
    /// <param name="rounds">The number of times that each case is timed on both sides.</param>
    /// <param name="stop">Ends the measurement between two cases.</param>
    /// <exception cref="BenchException">The peer does none of its cases.</exception>
    /// <exception cref="OperationCanceledException">The measurement was stopped.</exception>
    public IReadOnlyList<CaseTimes> Run(IReadOnlyList<BenchCase> cases, int rounds, CancellationToken stop)
    {
        var times = cases.Select(what => new CaseTimes(what)).ToArray();
        WarmUpAll(times, stop);
        for (int round = 0; round < rounds; round++)
        {
            foreach (var one in times)
            {
                stop.ThrowIfCancellationRequested();
                progress($"round {round + 1} of {rounds}, {one.Case.Name}");
                TimeOnce(one, ownFirst: round % 2 == 0);
            }
        }
        return times;
    }

    private void WarmUpAll(CaseTimes[] times, CancellationToken stop)
    {
        foreach (var one in times)
        {
            stop.ThrowIfCancellationRequested();
            progress($"warm-up, {one.Case.Name}");
            RunFor(own, one.Case);
            AskPeer(one, _ => { });
            stop.ThrowIfCancellationRequested();
            if (one.PeerFailure is { } failure && times.All(other => other.PeerFailure is not null || !peer!.Does(other.Case)))
                throw new BenchException(failure);
        }
    }

    private void AskPeer(CaseTimes times, Action<IContestant> work)
    {
        if (times.PeerFailure is not null || peer?.Does(times.Case) != true)
            return;
        try
        {
            if (!_warmOnPeer.Contains(times.Case))
                RunFor(peer, times.Case);
            _warmOnPeer.Add(times.Case);
            work(peer);
        }
        catch (BenchException failure)
        {
            _warmOnPeer.Clear();
            times.LosePeer(failure.Message);
            progress($"{times.Case.Name} goes on without its peer. {failure.Message}");
        }
    }

    private void RunFor(IContestant contestant, BenchCase what)
    {
        long start = Stopwatch.GetTimestamp();
        do
            contestant.Run(what, 1);
        while (Stopwatch.GetElapsedTime(start) < warmUp);
    }

    // The side that goes first changes from round to round.
    private void TimeOnce(CaseTimes times, bool ownFirst)
    {
        if (ownFirst)
            times.Own.Add(TimeOf(own, times.Case));
        AskPeer(times, asked => times.Peer.Add(TimeOf(asked, times.Case)));
        if (!ownFirst)
            times.Own.Add(TimeOf(own, times.Case));
        MeasurePeaks(times);
    }

    private void MeasurePeaks(CaseTimes times)
    {
        var (meter, measured) = times.Case.IsSingleThreaded ? (peaksOfOne, _ofOne) : (peaksOfAll, _ofAll);
        var peaks = meter.Measure();
        measured.Add(peaks);
        if (times.Case.Work is { } work)
            times.Floor.Add(work.Milliseconds(peaks));
    }

    // The first time is not counted: the caches still hold the other side's numbers.
    private static double TimeOf(IContestant contestant, BenchCase what) =>
        Spread.Percentile(contestant.Run(what, what.Steps + 1)[1..], what.Percentile);
}
