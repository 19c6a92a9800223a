using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// A run that is ready to be trained: its folder is kept from other processes, its data are read, its network is made. Built-in experiments and those
/// of one's own are trained through it.
/// </summary>
/// <example>
/// <code>
/// using var run = ReadyRun.StartOrResume(new Disk(), "runs/mine", new MyOptions(), new ExperimentCatalogue(MyExperiment.Kind));
/// var training = run.Begin(new RunObservers());
/// if (training.Train(CancellationToken.None))
///     training.Summarize("1.0");
/// </code>
/// </example>
public sealed class ReadyRun : IDisposable
{
    private readonly IDisk _disk;
    private readonly IDisposable _ownership;
    private readonly WorkerPool _workers;
    private readonly RunRanks _ranks;
    private readonly bool _isResumed;

    private ReadyRun(IDisk disk, RunFolder folder, RunOptions options, IDisposable ownership, ExperimentCatalogue experiments, ICommunicator? communicator, bool isResumed)
    {
        (_disk, Folder, Options, _ownership, _isResumed) = (disk, folder, options, ownership, isResumed);
        _ranks = new RunRanks(communicator ?? new SingleRank());
        _ranks.Tell(OptionsJson.Write(options));
        _workers = new WorkerPool(options.Threads);
        Experiment = Owning(_workers, () => _ranks.Create(() => _ranks.Share(experiments.Create(options, SimdKernels.Create(_workers)), options)));
    }

    /// <summary>The run's folder.</summary>
    public RunFolder Folder { get; }

    /// <summary>The run's options.</summary>
    public RunOptions Options { get; }

    /// <summary>What is trained.</summary>
    public Experiment Experiment { get; }

    /// <summary>The number of gradient steps taken before <see cref="Begin"/>; null for a run that is new.</summary>
    public long? ResumedAt { get; private set; }

    /// <summary>Makes a new run.</summary>
    /// <param name="disk">Writes to the folder.</param>
    /// <param name="path">The run's folder, which must not be there, or be empty.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="experiments">The experiments that the program knows.</param>
    /// <param name="communicator">The ranks that train the run together, of which this is rank 0; the others join by <see cref="JoinedRun"/>. Null to train alone.</param>
    /// <exception cref="RunException">The options do not fit, the folder holds something or cannot be made, or another process trains in it.</exception>
    /// <exception cref="DataException">Data are missing or damaged; the folder is as it was.</exception>
    public static ReadyRun Start(IDisk disk, string path, RunOptions options, ExperimentCatalogue experiments, ICommunicator? communicator = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(experiments);
        options = RunRanks.ForNew(options, communicator);
        options.Validate();
        NewRunFolder.Require(path, options.Experiment);
        var ownership = NewRunFolder.Claim(disk, path);
        return Owning(ownership, () =>
        {
            // Made before any work, so that it can be gone on with from then on.
            var folder = NewRunFolder.Create(disk, path, options);
            return NewRunFolder.Prepare(
                disk, folder, () => new ReadyRun(disk, folder, options, ownership, experiments, communicator, isResumed: false));
        });
    }

    /// <summary>Opens a run to go on with it.</summary>
    /// <param name="disk">Writes to the folder.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="options">The run's options, those of its folder or with more steps or other threads.</param>
    /// <param name="experiments">The experiments that the program knows.</param>
    /// <param name="communicator">The ranks that train the run together; they may be others than before. Null to train alone.</param>
    /// <exception cref="RunException">The options do not fit, or another process trains in the folder.</exception>
    /// <exception cref="DataException">Data are missing or damaged.</exception>
    public static ReadyRun Resume(IDisk disk, RunFolder folder, RunOptions options, ExperimentCatalogue experiments, ICommunicator? communicator = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(experiments);
        options.Validate();
        var ownership = folder.Lock();
        return Owning(ownership, () => new ReadyRun(disk, folder, options, ownership, experiments, communicator, isResumed: true));
    }

    /// <summary>Goes on with the run in a folder, with the options that it began with; makes a new one if there is none.</summary>
    /// <inheritdoc cref="Start"/>
    public static ReadyRun StartOrResume(IDisk disk, string path, RunOptions options, ExperimentCatalogue experiments, ICommunicator? communicator = null)
    {
        if (!RunFolder.Exists(path))
            return Start(disk, path, options, experiments, communicator);
        var folder = RunFolder.Open(path);
        return Resume(disk, folder, folder.ReadOptions(experiments), experiments, communicator);
    }

    /// <summary>Begins the training, or goes on from the newest checkpoint.</summary>
    /// <param name="observer">Is told how the run goes on.</param>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or belongs to another model.</exception>
    /// <exception cref="RunException">The run's files are not those that the checkpoint tells of, or cannot be written.</exception>
    public TrainingRun Begin(IRunObserver observer)
    {
        var run = new TrainingRun(new RunParts(Experiment, Options, Folder, _disk, observer) { Ranks = _ranks });
        if (_isResumed)
        {
            run.Resume();
            ResumedAt = Experiment.Trainer.Steps;
        }
        return run;
    }

    /// <summary>Lets other processes train in the folder.</summary>
    public void Dispose()
    {
        _workers.Dispose();
        _ownership.Dispose();
    }

    /// <summary>Makes what will dispose of something else later; if it cannot be made, that is disposed of now.</summary>
    private static T Owning<T>(IDisposable owned, Func<T> create)
    {
        try
        {
            return create();
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }
}
