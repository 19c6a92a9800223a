using ModularNetworks.Distributed;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>Trains a run alone or, where a launcher of MPI started several processes, as one of them.</summary>
/// <param name="context">Knows the launcher.</param>
internal sealed class RankSession(CliContext context)
{
    /// <summary>Trains.</summary>
    /// <param name="first">Trains the run as rank 0, or alone if it is given no ranks.</param>
    /// <param name="threads">The number of threads of another rank.</param>
    /// <param name="stop">Asks for a stop.</param>
    public int Run(Func<MpiCommunicator?, int> first, Func<int> threads, CancellationToken stop) =>
        Run(ranks => ranks is not { Rank: > 0 } ? first(ranks) : Join(ranks, threads(), stop));

    /// <summary>Does what all ranks do.</summary>
    /// <param name="work">Is given the ranks; null if this process is alone.</param>
    public int Run(Func<MpiCommunicator?, int> work)
    {
        if (context.Launcher is not { } launcher)
            return work(null);
        var ranks = MpiCommunicator.Open(launcher);
        context.Ranks = ranks;
        int code = work(ranks);
        // Not after a failure: it would wait for ranks that wait for this one.
        context.Ranks = null;
        ranks.Dispose();
        return code;
    }

    private int Join(MpiCommunicator ranks, int threads, CancellationToken stop)
    {
        try
        {
            using var run = new JoinedRun(ranks, context.Experiments, threads);
            return run.Train(stop) ? ExitCode.Success : ExitCode.Interrupted;
        }
        catch (Exception failure) when (failure is RunException or NonFiniteLossException)
        {
            // Rank 0 tells it, and ends all.
            return ExitCode.BadInput;
        }
    }
}
