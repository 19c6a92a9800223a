using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Benchmarks;

/// <summary>A benchmark: its cases, the peer that they are compared with, and how to measure.</summary>
public sealed record Benchmark
{
    // The runtime compiles a method anew, optimised for what it saw, after 30 calls and in the background; work is done at
    // its final speed a second or two later.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>The cases to time.</summary>
    public required IReadOnlyList<BenchCase> Cases { get; init; }

    /// <summary>The peer to compare with.</summary>
    public BenchPeer Peer { get; init; }

    /// <summary>The number of times that each case is timed on both sides.</summary>
    public required int Rounds { get; init; }

    /// <summary>The number of threads that each side uses.</summary>
    public required int Threads { get; init; }

    /// <summary>Runs the benchmark.</summary>
    /// <param name="clock">Tells the day.</param>
    /// <param name="progress">Is told what happens.</param>
    /// <param name="stop">Ends the benchmark before it is finished.</param>
    /// <exception cref="BenchException">The peer cannot be started, or does none of the cases.</exception>
    /// <exception cref="OperationCanceledException">The benchmark was stopped.</exception>
    public BenchReport Run(TimeProvider clock, Action<string> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(clock);
        using WorkerPool all = new(Threads), one = new(threadCount: 1);
        using var peer = Peer == BenchPeer.None ? null : PeerContestant.Start(Peer, Threads);
        var setup = new BenchSetup(SimdKernels.Create(all), SimdKernels.Create(one), RandomKey.FromSeed(1));
        using var own = new OwnContestant(setup);
        var load = new LoadMeter(peer is null ? [own] : [own, peer]);
        var memory = new CopiedMemory();
        var comparison = new Comparison(own, peer, new PeakMeter(one, memory), new PeakMeter(all, memory), WarmUp, progress);
        var times = comparison.Run(Cases, Rounds, stop);
        return new BenchReport(
            DateOnly.FromDateTime(clock.GetUtcNow().Date),
            Machine.This(),
            Threads,
            Rounds,
            own.Description,
            peer?.Description,
            [.. Peaks(1, comparison.PeaksOfOne), .. Peaks(Threads, comparison.PeaksOfAll)],
            [.. times.Select(one => one.Summarize(times))],
            own.ResidentBytes,
            peer?.ResidentBytes,
            load.ForeignCores());
    }

    private static IEnumerable<PeakReport> Peaks(int threads, IReadOnlyList<MachinePeaks> measured) =>
        measured.Count == 0 ? [] : [PeakReport.Of(threads, measured)];
}
