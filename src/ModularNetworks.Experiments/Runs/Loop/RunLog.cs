using System.Diagnostics;

namespace ModularNetworks.Experiments;

/// <summary>Writes the files of a run: metrics, snapshots, checkpoints, and at the end inspection and summary.</summary>
/// <param name="run">The run.</param>
/// <param name="progress">The run's sums.</param>
internal sealed class RunLog(RunParts run, RunProgress progress)
{
    private readonly CollapseWatch _watch = new();
    private readonly RunMeter _meter = new(run);

    /// <summary>Drops what was written after a step, and writes the options anew.</summary>
    public void GoOnFrom(long step)
    {
        run.Folder.WriteOptions(run.Disk, run.Options);
        run.Folder.Metrics.DropAfter(run.Disk, step);
        run.Folder.Snapshots.DropAfter(run.Disk, step);
    }

    /// <summary>Reads the warnings that the run gave before, so that none is given again.</summary>
    public void RecallWarnings() => _watch.Recall(Path.Combine(run.Folder.FullPath, RunFiles.Metrics), run.Folder.Metrics.Read());

    /// <summary>Writes <c>preprocessing.json</c>, if the experiment has any: also where an earlier version, which wrote none, began the run.</summary>
    public void WritePreprocessing()
    {
        if (run.Experiment.Preprocessing is { } preprocessing)
            PreprocessingFile.Write(run.Disk, run.Folder, preprocessing);
    }

    /// <summary>Writes a line of metrics; where a measurement is due, with it, a snapshot and, if it is the best, a checkpoint.</summary>
    public void WriteMetrics()
    {
        bool isMeasured = run.IsDue(run.Options.Intervals.EvaluateEvery);
        var averages = progress.TakeAverages(run.Experiment.UnitsPerDatapoint, run.Experiment.Trainer.EStepVisits);
        _meter.RequireFinite("Training", averages);
        var measured = isMeasured ? _meter.Measure(progress) : null;
        var line = new MetricsLine
        {
            Step = run.Steps,
            Training = averages,
            Measured = measured,
            Warnings = _watch.Look(measured?.Selection?.Layers ?? []),
            Seconds = Math.Round(progress.Seconds, 3),
            CommunicationSeconds = run.Ranks.Count > 1 ? Math.Round(run.Ranks.Seconds, 3) : null,
        };
        run.Folder.Metrics.Append(run.Disk, RecordJson.Write(line));
        run.Observer.Logged(line);
        foreach (string warning in line.Warnings)
            run.Observer.Warned(warning);
        if (isMeasured)
            WriteSnapshot(isFirst: false);
        if (progress.Best?.Step == run.Steps)
            WriteCheckpoint(run.Folder.BestCheckpoint);
    }

    /// <summary>Writes a snapshot, if the experiment has any.</summary>
    /// <param name="isFirst">Whether it is the run's first.</param>
    public void WriteSnapshot(bool isFirst)
    {
        if (run.Experiment.Snapshot(isFirst) is not { } taken)
            return;
        var snapshot = taken with { Step = run.Steps };
        _meter.RequireFinite("Snapshot", snapshot);
        run.Folder.Snapshots.Append(run.Disk, RecordJson.Write(snapshot));
        run.Observer.Snapshot(snapshot);
    }

    /// <summary>Writes a checkpoint to go on from.</summary>
    public void WriteCheckpoint()
    {
        // The step decides all that a checkpoint holds; replacing one by its like would only put it at risk.
        if (run.Folder.Checkpoint.NewestStep == run.Steps)
            return;
        WriteCheckpoint(run.Folder.Checkpoint);
    }

    /// <summary>Writes <c>inspection.json</c> and <c>summary.json</c>.</summary>
    /// <param name="version">The version of the tool.</param>
    public RunSummary WriteSummary(string version)
    {
        // Best and skipped steps are told as they are after the measurement.
        var measured = _meter.MeasureAtEnd(progress);
        var options = run.Options;
        var times = run.Experiment.Trainer.Times;
        var summary = new RunSummary
        {
            Experiment = options.Experiment,
            Method = options.Method,
            Modules = options.Modules,
            Picks = options.Picks,
            Seed = options.Seed,
            Steps = options.Steps,
            Train = new LastSteps(progress.LastLogLikelihood),
            Measured = measured,
            Best = progress.Best,
            SkippedSteps = progress.Skipped,
            PredictionOperations = run.Experiment.PredictionOperations,
            TrainingOperations = TrainingOperations.Of(options, run.Experiment),
            WallSeconds = Math.Round(progress.Seconds, 3),
            StepMilliseconds = new StepMilliseconds(Math.Round(times.GradientStepMilliseconds, 4), Math.Round(times.EStepMilliseconds, 4)),
            Environment = new RunEnvironment(
                Process.GetCurrentProcess().PeakWorkingSet64, version, run.Experiment.InstructionSet, options.Threads),
        };
        if (RunInspection.Make(run.Experiment) is { } inspection)
            run.Folder.WriteInspection(run.Disk, inspection);
        run.Folder.WriteSummary(run.Disk, summary);
        return summary;
    }

    private void WriteCheckpoint(Checkpoint checkpoint)
    {
        _meter.RequireFinite("Training", progress.State);
        run.Folder.Metrics.Flush(run.Disk);
        run.Folder.Snapshots.Flush(run.Disk);
        // What is the best step's checkpoint now does not cover the one before, which it replaces.
        long? best = checkpoint == run.Folder.BestCheckpoint ? null : progress.Best?.Step;
        progress.Record = RunRecord.Of(run.Folder, run.Experiment, run.Options, best);
        checkpoint.Write(run.Disk, run.Experiment.Parameters, run.Experiment.Trainer, RecordJson.Write(progress.State));
    }
}
