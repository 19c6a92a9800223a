using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Trains an experiment in its run folder: metrics, checkpoints, interruption and going on.</summary>
/// <param name="experiment">What is trained.</param>
/// <param name="options">The run's options.</param>
/// <param name="folder">The run's folder.</param>
/// <param name="disk">Writes to it.</param>
/// <param name="observer">Is told how it goes on.</param>
public sealed class TrainingRun(Experiment experiment, RunOptions options, RunFolder folder, IDisk disk, IRunObserver observer)
{
    private readonly Stopwatch _clock = new();
    private readonly CollapseWatch _watch = new();
    private RunProgress _progress = new();
    private JsonObject? _measuredLast;

    /// <summary>Goes on from the newest checkpoint, if there is one.</summary>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or belongs to another model.</exception>
    /// <exception cref="RunException">
    /// The run has taken more steps than the options ask for, its files are not those that the checkpoint tells of, or they
    /// cannot be written.
    /// </exception>
    public void Resume()
    {
        long newest = folder.Checkpoint.NewestStep ?? 0;
        if (newest > options.Steps)
        {
            throw new RunException(
                $"--resume: the run in {folder.FullPath} has taken {newest} steps; --steps {options.Steps} is less. Give "
                + $"--steps {newest} or more, or leave it out.");
        }
        if (folder.Checkpoint.NewestStep is not null)
        {
            string state = folder.Checkpoint.Read(experiment.Parameters, experiment.Trainer);
            _progress = RunProgress.Parse(state, folder.FullPath);
            RunRecord.Parse(state, folder.FullPath).Require(folder, experiment, options, newest);
        }
        // Nothing on the disk is touched before all has been read.
        Writing(() =>
        {
            folder.WriteOptions(disk, options);
            folder.Metrics.DropAfter(disk, newest);
            folder.Snapshots.DropAfter(disk, newest);
            return true;
        });
        _watch.Recall(Path.Combine(folder.FullPath, RunFolder.MetricsFile), folder.Metrics.Read());
    }

    /// <summary>Trains until the last step, or until it is told to stop, and leaves a checkpoint either way.</summary>
    /// <param name="stop">Asks for a stop after the running step.</param>
    /// <returns>Whether the last step was reached.</returns>
    /// <exception cref="NonFiniteLossException">
    /// The loss, a gradient, a measurement or an average is not a finite number. The last checkpoint stays.
    /// </exception>
    /// <exception cref="RunException">The folder cannot be written to. The last checkpoint stays.</exception>
    public bool Train(CancellationToken stop) => Writing(() => TrainOn(stop));

    private bool TrainOn(CancellationToken stop)
    {
        var trainer = experiment.Trainer;
        _clock.Start();
        if (!folder.Snapshots.Read().Any())
            WriteSnapshot(isFirst: true);
        while (trainer.Steps < options.Steps)
        {
            if (stop.IsCancellationRequested)
            {
                WriteCheckpoint();
                return false;
            }
            trainer.Optimizer.LearningRate = options.Optimizer.LearningRateAfter(trainer.Steps);
            _progress.Add(TakeStep(), trainer.LastEStep);
            if (IsDue(options.Intervals.LogEvery) || IsDue(options.Intervals.EvaluateEvery))
                WriteMetrics();
            if (IsDue(options.Intervals.CheckpointEvery))
                WriteCheckpoint();
            observer.Progress(trainer.Steps, options.Steps);
        }
        return true;
    }

    private StepResult TakeStep()
    {
        try
        {
            return experiment.Trainer.Step();
        }
        catch (NonFiniteLossException exception)
        {
            throw Divergence.OfStep(exception, LastCheckpoint);
        }
    }

    private string LastCheckpoint =>
        folder.Checkpoint.NewestStep is { } step ? $"The last checkpoint is that of step {step}." : Divergence.NoCheckpoint;

    /// <summary>Does what writes to the folder.</summary>
    private TResult Writing<TResult>(Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw folder.CannotBeWritten(exception);
        }
    }

    /// <summary>Measures the trained network, looks what its modules do, and writes <c>inspection.json</c> and <c>summary.json</c>.</summary>
    /// <exception cref="NonFiniteLossException">A measurement is not a finite number.</exception>
    /// <exception cref="RunException">The folder cannot be written to. The last checkpoint stays.</exception>
    public JsonObject Summarize(string version) => Writing(() => WriteSummary(version));

    private JsonObject WriteSummary(string version)
    {
        var summary = new JsonObject
        {
            ["experiment"] = options.Experiment,
            ["method"] = options.Method,
            ["modules"] = options.Modules,
            ["parallel"] = options.Picks,
            ["seed"] = options.Seed,
            ["steps"] = options.Steps,
            ["train"] = new JsonObject { ["logLikelihood"] = _progress.LastLogLikelihood },
        };
        var measured = _measuredLast ?? Measure();
        experiment.Complete(measured);
        Merge(summary, RequireFinite("Evaluation", measured));
        if (_progress.Best is { } best)
            summary["best"] = best.Write();
        if (_progress.Skipped > 0)
            summary["skippedSteps"] = _progress.Skipped;
        var times = experiment.Trainer.Times;
        summary["wallSeconds"] = Math.Round(Seconds, 3);
        summary["stepMilliseconds"] = new JsonObject
        {
            ["m"] = Math.Round(times.GradientStepMilliseconds, 4),
            ["e"] = Math.Round(times.EStepMilliseconds, 4),
        };
        summary["peakResidentBytes"] = Process.GetCurrentProcess().PeakWorkingSet64;
        summary["version"] = version;
        summary["simd"] = experiment.InstructionSet;
        summary["threads"] = options.Threads;
        if (RunInspection.Make(experiment) is { } inspection)
            folder.WriteInspection(disk, inspection);
        folder.WriteSummary(disk, summary);
        return summary;
    }

    private static void Merge(JsonObject target, JsonObject part)
    {
        foreach (var (key, value) in part)
        {
            // Training data can be measured beside what the steps tell of them.
            if (target[key] is JsonObject there && value is JsonObject added)
                Merge(there, added);
            else
                target[key] = value?.DeepClone();
        }
    }

    private double Seconds => _progress.Seconds + _clock.Elapsed.TotalSeconds;

    private bool IsDue(long every) => experiment.Trainer.Steps % every == 0 || experiment.Trainer.Steps == options.Steps;

    private void WriteMetrics()
    {
        var line = new JsonObject { ["step"] = experiment.Trainer.Steps };
        Merge(line, RequireFinite("Training", _progress.TakeAverages(experiment.UnitsPerDatapoint)));
        if (IsDue(options.Intervals.EvaluateEvery))
            Merge(line, Measure());
        var warnings = _watch.Look(line);
        if (warnings.Count > 0)
            line["warnings"] = new JsonArray([.. warnings.Select(warning => (JsonNode)warning)]);
        line["seconds"] = Math.Round(Seconds, 3);
        folder.Metrics.Append(disk, line);
        observer.Logged(line);
        foreach (string warning in warnings)
            observer.Warned(warning);
        if (IsDue(options.Intervals.EvaluateEvery))
            WriteSnapshot(isFirst: false);
        if (_progress.Best?.Step == experiment.Trainer.Steps)
            WriteCheckpoint(folder.BestCheckpoint);
    }

    private void WriteSnapshot(bool isFirst)
    {
        if (experiment.Snapshot(isFirst) is not { } snapshot)
            return;
        snapshot.Insert(0, "step", experiment.Trainer.Steps);
        folder.Snapshots.Append(disk, RequireFinite("Snapshot", snapshot));
        observer.Snapshot(snapshot);
    }

    /// <summary>Measures the network on held-out data.</summary>
    private JsonObject Measure()
    {
        double best = _progress.Best?.Valid ?? double.PositiveInfinity;
        var measured = RequireFinite("Evaluation", experiment.Evaluate(best));
        _progress.Keep(experiment.Trainer.Steps, measured);
        // The summary needs the last one again.
        _measuredLast = experiment.Trainer.Steps == options.Steps ? measured : null;
        return measured;
    }

    private JsonObject RequireFinite(string source, JsonObject numbers)
    {
        try
        {
            return FiniteNumbers.Require(source, numbers);
        }
        catch (NonFiniteLossException exception)
        {
            throw Divergence.AfterStep(exception, experiment.Trainer.Steps, LastCheckpoint);
        }
    }

    private void WriteCheckpoint()
    {
        // The step decides all that a checkpoint holds; replacing one by its like would only put it at risk.
        if (folder.Checkpoint.NewestStep == experiment.Trainer.Steps)
            return;
        WriteCheckpoint(folder.Checkpoint);
    }

    private void WriteCheckpoint(Checkpoint checkpoint)
    {
        var state = RequireFinite("Training", _progress.Write(Seconds));
        folder.Metrics.Flush(disk);
        folder.Snapshots.Flush(disk);
        RunRecord.Of(folder, experiment, options).WriteTo(state);
        checkpoint.Write(disk, experiment.Parameters, experiment.Trainer, state.ToJsonString());
    }
}
