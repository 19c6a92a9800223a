using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The parts that belong together in a run.</summary>
/// <param name="Experiment">The experiment that is trained.</param>
/// <param name="Options">The run's options.</param>
/// <param name="Folder">The run's folder.</param>
/// <param name="Disk">Writes to the folder.</param>
/// <param name="Observer">Is told how the run goes on.</param>
internal sealed record RunParts(Experiment Experiment, RunOptions Options, RunFolder Folder, IDisk Disk, IRunObserver Observer)
{
    /// <summary>The ranks that train the run together.</summary>
    public RunRanks Ranks { get; init; } = new(new SingleRank());

    /// <summary>The number of gradient steps taken.</summary>
    public long Steps => Experiment.Trainer.Steps;

    /// <summary>A sentence that tells of the last checkpoint.</summary>
    public string LastCheckpoint =>
        Folder.Checkpoint.NewestStep is { } step ? $"The last checkpoint is that of step {step}." : Divergence.NoCheckpoint;

    /// <summary>Whether something is due that is done every so many steps, and after the last one.</summary>
    public bool IsDue(long every) => Steps % every == 0 || Steps == Options.Steps;

    /// <summary>Does work that writes to the folder.</summary>
    /// <exception cref="RunException">The folder cannot be written to.</exception>
    public TResult Writing<TResult>(Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Folder.CannotBeWritten(exception);
        }
    }
}
