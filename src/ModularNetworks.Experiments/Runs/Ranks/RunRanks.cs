using System.Numerics;
using System.Reflection;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The ranks that train one run together, as one of them sees them. Rank 0 alone has the run's folder.</summary>
/// <param name="communicator">The ranks.</param>
internal sealed class RunRanks(ICommunicator communicator)
{
    // Of a new run where nothing is said, unless there are more ranks.
    private const int UsualBlocks = 8;

    private readonly TimedCommunicator _ranks = new(communicator);

    /// <summary>The version of this process, with the commit that it was built from.</summary>
    public string Version { get; init; } = typeof(RunRanks).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The number of ranks.</summary>
    public int Count => _ranks.Size;

    /// <summary>The seconds in which this rank has waited for others, or copied numbers to and from them.</summary>
    public double Seconds => _ranks.Elapsed.TotalSeconds;

    /// <summary>The options of a new run: mini-batches that several ranks share are cut.</summary>
    public static RunOptions ForNew(RunOptions options, ICommunicator? communicator)
    {
        if (communicator is null || options.Optimizer is not { Blocks: 1, Reduce: Reductions.Tree })
            return options;
        int ranks = (int)BitOperations.RoundUpToPowerOf2((uint)communicator.Size);
        return options with { Optimizer = options.Optimizer with { Blocks = Math.Max(UsualBlocks, ranks) } };
    }

    /// <summary>Tells the other ranks the options, or hears them of rank 0.</summary>
    /// <param name="text">The options as text, on rank 0.</param>
    /// <returns>The text of rank 0.</returns>
    /// <exception cref="RunException">Ranks have other versions; the same on each rank.</exception>
    public string Tell(string text)
    {
        // Asked first, in a form that never changes: another version may know other options.
        RankMessages.RequireSame(_ranks, "the same version of ModularNetworks", Version);
        return RankMessages.Tell(_ranks, text);
    }

    /// <summary>Makes the experiment on this rank.</summary>
    /// <param name="create">Reads the data, creates the network and its trainer, and calls <see cref="Share"/>.</param>
    /// <exception cref="RunException">It failed on some rank, or ranks have other data or other vectors; the same on each rank.</exception>
    public Experiment Create(Func<Experiment> create)
    {
        Experiment? experiment = null;
        Exception? failure = null;
        try
        {
            experiment = create();
        }
        catch (Exception exception) when (Count > 1)
        {
            failure = exception;
        }
        RankMessages.RequireNone(_ranks, failure);
        RankMessages.RequireSame(_ranks, "the same data", experiment!.DataFingerprint);
        RankMessages.RequireSame(_ranks, "the same vectors of the processor", experiment.InstructionSet);
        return experiment;
    }

    /// <summary>Gives all ranks the state that rank 0 trains from.</summary>
    public void CopyState(Experiment experiment) => TrainingState.CopyFromFirst(_ranks, experiment.Parameters, experiment.Trainer);

    /// <summary>Whether some rank was asked to stop: all of them do after the same step.</summary>
    /// <param name="asked">Whether this one was.</param>
    public bool AgreeToStop(bool asked)
    {
        Span<byte> all = stackalloc byte[Count];
        _ranks.AllGather([asked ? (byte)1 : (byte)0], all);
        return all.Contains((byte)1);
    }

    /// <summary>Lets the trainer of an experiment share its mini-batches as the options say.</summary>
    /// <exception cref="RunException">It cannot.</exception>
    public Experiment Share(Experiment experiment, RunOptions options)
    {
        var sharing = options.Optimizer;
        if (Count == 1 && sharing.Blocks == 1)
            return experiment;
        if (sharing.Blocks == 1 && sharing.Reduce == Reductions.Tree)
            throw new RunException("The run was begun in one process, with whole mini-batches. Go on with it in one process, or start another run.");
        try
        {
            experiment.Trainer.Share(sharing.Reduce == Reductions.Fast ? BatchBlocks.Fast(_ranks) : BatchBlocks.Tree(_ranks, sharing.Blocks));
        }
        catch (ArgumentException exception)
        {
            // What follows the message in brackets names a parameter of the library.
            throw new RunException(exception.Message.Split(" (Parameter")[0], exception);
        }
        return experiment;
    }
}
