using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>
/// A benchmark of ranks that train together, one thread each: how long messages and steps take beside those of one rank, and what a model
/// makes of that for more ranks.
/// </summary>
public sealed record RankBenchmark
{
    /// <summary>The number of times that each way to take steps is measured.</summary>
    public required int Rounds { get; init; }

    /// <summary>Runs the benchmark, on all ranks.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="clock">Tells the day.</param>
    /// <param name="progress">Is told what happens.</param>
    /// <param name="stop">Ends the benchmark before it is finished.</param>
    /// <returns>What rank 0 measured; elsewhere, null.</returns>
    /// <exception cref="BenchException">On rank 0: the number of ranks is no power of two. The others wait.</exception>
    /// <exception cref="OperationCanceledException">The benchmark was stopped.</exception>
    public RankReport? Run(ICommunicator ranks, TimeProvider clock, Action<string> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(progress);
        RequirePowerOfTwo(ranks);
        using var thread = new WorkerPool(threadCount: 1);
        var kernels = SimdKernels.Create(thread);
        var cases = new RankCases(new BenchSetup(kernels, kernels, RandomKey.FromSeed(1)), ranks);
        var messages = new LinkMeter(ranks);
        foreach (var one in cases.All)
        {
            progress($"{one.Name}: warm-up ...");
            one.WarmUp();
        }
        for (int round = 0; round < Rounds; round++)
        {
            progress($"round {round + 1} of {Rounds} ...");
            messages.Measure();
            // The way that goes first changes from round to round.
            foreach (var one in round % 2 == 0 ? cases.All : cases.All.Reverse())
                one.Measure();
            stop.ThrowIfCancellationRequested();
        }
        return ranks.Rank > 0 ? null : new RankSummary(cases, messages.Slowest()).Report(DateOnly.FromDateTime(clock.GetUtcNow().Date));
    }

    private static void RequirePowerOfTwo(ICommunicator ranks)
    {
        if (BitOperations.IsPow2(ranks.Size))
            return;
        if (ranks.Rank == 0)
            throw new BenchException($"bench ranks: there are {ranks.Size} ranks; their number must be a power of two.");
        // Until rank 0, which tells it, ends all.
        ranks.Barrier();
    }
}
