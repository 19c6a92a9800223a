using System.Globalization;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Cli.Training;

/// <summary>Runs a training from the command line: run folder, progress, interruption, and what was learned.</summary>
/// <param name="context">The context whose output is written to.</param>
/// <param name="tensorBoard">Whether event files are written.</param>
internal sealed class TrainingSession(CliContext context, bool tensorBoard)
{
    /// <summary>Starts a new run.</summary>
    /// <param name="path">The run folder, which must not exist.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="stop">Asks for a stop.</param>
    public int Start(string path, RunOptions options, CancellationToken stop)
    {
        options.Validate();
        NewRunFolder.Require(path, options.Experiment);
        using var ownership = NewRunFolder.Claim(context.Disk, path);
        // Made before any work, so that it can be gone on with from then on.
        var folder = NewRunFolder.Create(context.Disk, path, options);
        using var workers = new WorkerPool(options.Threads);
        try
        {
            var experiment = NewRunFolder.Prepare(context.Disk, folder, () => context.ExperimentsUntil(stop).Create(options, SimdKernels.Create(workers)));
            return Train(new TrainingPlan(folder, experiment, options, IsResumed: false), stop);
        }
        catch (OperationCanceledException)
        {
            context.WriteLine("stopped before the first step; the same command begins again");
            return ExitCode.Interrupted;
        }
    }

    /// <summary>Goes on with a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="stop">Asks for a stop.</param>
    public int Resume(RunFolder folder, RunOptions options, CancellationToken stop)
    {
        options.Validate();
        using var workers = new WorkerPool(options.Threads);
        try
        {
            var experiment = context.ExperimentsUntil(stop).Create(options, SimdKernels.Create(workers));
            using var ownership = folder.Lock();
            return Train(new TrainingPlan(folder, experiment, options, IsResumed: true), stop);
        }
        catch (OperationCanceledException)
        {
            context.WriteLine("stopped before the next step; the same command goes on");
            return ExitCode.Interrupted;
        }
    }

    private int Train(TrainingPlan plan, CancellationToken stop)
    {
        string goOn = context.Command("train", plan.Options.Experiment, "--out", plan.Folder.FullPath, "--resume");
        try
        {
            return Train(plan, goOn, stop);
        }
        catch (StandardOutputException exception)
        {
            throw new UserErrorException($"{exception.Message} Then go on with {goOn}", exception);
        }
    }

    private int Train(TrainingPlan plan, string goOn, CancellationToken stop)
    {
        var (folder, experiment, options, isResumed) = plan;
        WriteLines(experiment.Preparations());
        var summary = ProgressDisplay.Show(context, display =>
        {
            var observers = new RunObservers(display);
            var run = new TrainingRun(experiment, options, folder, context.Disk, observers);
            if (isResumed)
                run.Resume();
            // Made when all has been read: a run that cannot go on leaves no file.
            var log = tensorBoard
                ? new TensorBoardLog(context.Disk, folder, isResumed ? experiment.Trainer.Steps : null, TimeProvider.System)
                : null;
            if (log is not null)
                observers.Add(log);
            return run.Train(stop) ? run.Summarize(ToolVersion.WithCommit) : null;
        });
        if (summary is null)
        {
            context.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"stopped after step {experiment.Trainer.Steps} of {options.Steps}; go on with {goOn}"));
            return ExitCode.Interrupted;
        }
        WriteLines(experiment.Describe());
        WriteLines(SummaryLines(summary));
        context.WriteLine($"run folder: {folder.FullPath}");
        return ExitCode.Success;
    }

    private static IEnumerable<string> SummaryLines(RunSummary summary)
    {
        yield return $"measured: {MetricsText.Measured(summary.Measured)}";
        if (summary.Best is { } best)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"best validation at step {best.Step}: valid perplexity {best.Valid:F2}   test perplexity {best.Test:F2}");
        }
        if (summary.Measured.Solved is { } solved)
            yield return $"solved: {(solved ? "true" : "false")}";
        string gradientStep = summary.Method == TrainingMethods.Em ? "M-step" : "gradient step";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"time: {summary.WallSeconds:F1} s{StepTime(gradientStep, summary.StepMilliseconds.GradientStepIfAny)}{StepTime("E-step", summary.StepMilliseconds.EStepIfAny)}");

        static string StepTime(string title, double? time) =>
            time is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {title} {time:F2} ms");
    }

    private void WriteLines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            context.WriteLine(line);
    }

    private sealed record TrainingPlan(RunFolder Folder, Experiment Experiment, RunOptions Options, bool IsResumed);
}
