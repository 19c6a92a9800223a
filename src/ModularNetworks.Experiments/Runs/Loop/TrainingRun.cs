using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Trains an experiment in its run folder: metrics, checkpoints, interruption and going on.</summary>
public sealed class TrainingRun
{
    private readonly RunParts _run;
    private RunProgress _progress = new();
    private RunLog _log;

    /// <summary>Prepares a run from its first step; <see cref="Resume"/> goes on from a later one.</summary>
    /// <param name="experiment">The experiment that is trained.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="disk">Writes to the folder.</param>
    /// <param name="observer">Is told how the run goes on.</param>
    public TrainingRun(Experiment experiment, RunOptions options, RunFolder folder, IDisk disk, IRunObserver observer)
        : this(new RunParts(experiment, options, folder, disk, observer)) => _run.Ranks.Share(experiment, options);

    internal TrainingRun(RunParts run)
    {
        _run = run;
        _log = new RunLog(_run, _progress);
    }

    /// <summary>Goes on from the newest checkpoint, if there is one.</summary>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or belongs to another model.</exception>
    /// <exception cref="RunException">
    /// The run has taken more steps than the options ask for, its files are not those that the checkpoint tells of, or they
    /// cannot be written.
    /// </exception>
    public void Resume()
    {
        var (folder, options) = (_run.Folder, _run.Options);
        long newest = folder.Checkpoint.NewestStep ?? 0;
        if (newest > options.Steps)
        {
            throw new RunException(
                $"--resume: the run in {folder.FullPath} has taken {Counted.Of(newest, "step")}; --steps {options.Steps} is less. Give "
                + $"--steps {newest} or more, or leave it out.");
        }
        if (folder.Checkpoint.ReadState() is { } state)
        {
            _progress = RunProgress.Parse(state, folder.FullPath);
            // Asked before tensors are read: other data may give them other shapes, and are what there is to tell.
            _progress.Record?.Require(folder, _run.Experiment, options, newest);
            folder.Checkpoint.Read(_run.Experiment.Parameters, _run.Experiment.Trainer);
        }
        // Nothing on the disk is touched before all has been read.
        _log = new RunLog(_run, _progress);
        _run.Writing(() =>
        {
            _log.GoOnFrom(newest);
            return true;
        });
        _log.RecallWarnings();
    }

    /// <summary>Trains until the last step, or until it is told to stop, and leaves a checkpoint either way.</summary>
    /// <param name="stop">Asks for a stop after the running step.</param>
    /// <returns>Whether the last step was reached.</returns>
    /// <exception cref="NonFiniteLossException">
    /// The loss, a gradient, a measurement or an average is not a finite number. The last checkpoint stays.
    /// </exception>
    /// <exception cref="RunException">The folder cannot be written to. The last checkpoint stays.</exception>
    public bool Train(CancellationToken stop) => _run.Writing(() => TrainOn(stop));

    /// <summary>Measures the trained network, looks what its modules do, and writes <c>inspection.json</c> and <c>summary.json</c>.</summary>
    /// <param name="version">The version of the tool.</param>
    /// <exception cref="NonFiniteLossException">A measurement is not a finite number.</exception>
    /// <exception cref="RunException">The folder cannot be written to. The last checkpoint stays.</exception>
    public RunSummary Summarize(string version) => _run.Writing(() => _log.WriteSummary(version));

    private bool TrainOn(CancellationToken stop)
    {
        var (trainer, options) = (_run.Experiment.Trainer, _run.Options);
        _progress.StartClock();
        _run.Ranks.CopyState(_run.Experiment);
        _log.WritePreprocessing();
        if (!_run.Folder.Snapshots.Read().Any())
            _log.WriteSnapshot(isFirst: true);
        while (trainer.Steps < options.Steps)
        {
            if (_run.Ranks.AgreeToStop(stop.IsCancellationRequested))
            {
                _log.WriteCheckpoint();
                return false;
            }
            trainer.Optimizer.LearningRate = options.Optimizer.LearningRateAfter(trainer.Steps, options.Steps);
            _progress.Add(TakeStep(), trainer.LastEStep);
            if (_run.IsDue(options.Intervals.LogEvery) || _run.IsDue(options.Intervals.EvaluateEvery))
                _log.WriteMetrics();
            if (_run.IsDue(options.Intervals.CheckpointEvery))
                _log.WriteCheckpoint();
            _run.Observer.Progress(trainer.Steps, options.Steps);
        }
        return true;
    }

    private StepResult TakeStep()
    {
        try
        {
            return _run.Experiment.Trainer.Step();
        }
        catch (NonFiniteLossException exception)
        {
            throw Divergence.OfStep(exception, _run.LastCheckpoint);
        }
    }
}
