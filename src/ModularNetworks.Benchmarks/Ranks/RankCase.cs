using System.Diagnostics;
using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>A way to take steps, on this rank, and what was measured of it. All ranks call the same methods.</summary>
/// <param name="name">The way.</param>
/// <param name="phase">The ranks that work.</param>
/// <param name="ranks">All ranks.</param>
/// <param name="work">Takes the steps.</param>
internal sealed class RankCase(string name, RankPhase phase, ICommunicator ranks, RankWork work)
{
    // The runtime compiles a method anew, optimised for what it saw, after 30 calls and in the background.
    private const int WarmUpCycles = 8;

    private const int Cycles = 3;

    // By how much the others sleep longer than rank 0 worked when all did.
    private const double SleepFactor = 1.1;

    private TimeSpan _sleep;

    /// <summary>The way.</summary>
    public string Name => name;

    /// <summary>The number of ranks whose windows are counted.</summary>
    public int Ranks => phase == RankPhase.Alone ? 1 : ranks.Size;

    /// <summary>Whether ranks share a mini-batch.</summary>
    public bool IsShared => phase == RankPhase.Together;

    /// <summary>What was measured in each round.</summary>
    public List<RankTimes> Rounds { get; } = [];

    /// <summary>Takes steps until they are as fast as they become.</summary>
    public void WarmUp()
    {
        work.Run(WarmUpCycles);
        ranks.Barrier();
        long start = Stopwatch.GetTimestamp();
        work.Run(Cycles);
        Span<double> seconds = [Stopwatch.GetElapsedTime(start).TotalSeconds];
        ranks.Broadcast(MemoryMarshal.AsBytes(seconds), root: 0);
        _sleep = TimeSpan.FromSeconds(seconds[0] * SleepFactor);
    }

    /// <summary>Measures a round.</summary>
    public void Measure()
    {
        ranks.Barrier();
        if (phase != RankPhase.Alone)
            Rounds.Add(OfAll(work.Run(Cycles)));
        else if (ranks.Rank == 0)
            Rounds.Add(work.Run(Cycles));
        else
            Thread.Sleep(_sleep); // A barrier would keep a core busy.
    }

    private RankTimes OfAll(RankTimes own) => new(OfAll(own.MStep), OfAll(own.EStep));

    private StepTime OfAll(StepTime own)
    {
        var all = new double[own.Seconds.Count * ranks.Size];
        ranks.AllGather(MemoryMarshal.AsBytes(own.Seconds.ToArray().AsSpan()), MemoryMarshal.AsBytes(all.AsSpan()));
        return own with { Seconds = all };
    }
}

/// <summary>Which ranks work at a time.</summary>
internal enum RankPhase
{
    /// <summary>Rank 0, while the others sleep.</summary>
    Alone,

    /// <summary>All ranks, each for itself.</summary>
    SideBySide,

    /// <summary>All ranks, on one mini-batch.</summary>
    Together,
}
