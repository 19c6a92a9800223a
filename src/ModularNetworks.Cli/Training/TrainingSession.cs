using System.Globalization;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Cli.Training;

/// <summary>Runs a training from the command line: run folder, progress, interruption, and what was learned.</summary>
/// <param name="context">The context whose output is written to.</param>
/// <param name="tensorBoard">Whether event files are written.</param>
/// <param name="ranks">The processes that train the run together; null if this one trains alone.</param>
internal sealed class TrainingSession(CliContext context, bool tensorBoard, ICommunicator? ranks)
{
    /// <summary>Starts a new run.</summary>
    /// <param name="path">The run folder, which must not exist.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="stop">Asks for a stop.</param>
    public int Start(string path, RunOptions options, CancellationToken stop)
    {
        return Train(
            () => ReadyRun.Start(context.Disk, path, options, context.ExperimentsUntil(stop), ranks), "stopped before the first step; the same command begins again", stop);
    }

    /// <summary>Goes on with a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="stop">Asks for a stop.</param>
    public int Resume(RunFolder folder, RunOptions options, CancellationToken stop)
    {
        return Train(
            () => ReadyRun.Resume(context.Disk, folder, options, context.ExperimentsUntil(stop), ranks), "stopped before the next step; the same command goes on", stop);
    }

    private int Train(Func<ReadyRun> open, string stoppedEarly, CancellationToken stop)
    {
        try
        {
            using var run = open();
            return Train(run, stop);
        }
        catch (OperationCanceledException)
        {
            context.WriteLine(stoppedEarly);
            return ExitCode.Interrupted;
        }
    }

    private int Train(ReadyRun run, CancellationToken stop)
    {
        string goOn = context.Command("train", run.Options.Experiment, "--out", run.Folder.FullPath, "--resume");
        try
        {
            return Train(run, goOn, stop);
        }
        catch (StandardOutputException exception)
        {
            throw new UserErrorException($"{exception.Message} Then go on with {goOn}", exception);
        }
    }

    private int Train(ReadyRun run, string goOn, CancellationToken stop)
    {
        WriteLines(run.Experiment.Preparations());
        var summary = ProgressDisplay.Show(context, display =>
        {
            var observers = new RunObservers(display);
            var training = run.Begin(observers);
            // Made when all has been read: a run that cannot go on leaves no file.
            if (tensorBoard)
                observers.Add(new TensorBoardLog(context.Disk, run.Folder, run.ResumedAt, TimeProvider.System));
            return training.Train(stop) ? training.Summarize(ToolVersion.WithCommit) : null;
        });
        if (summary is null)
        {
            context.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"stopped after step {run.Experiment.Trainer.Steps} of {run.Options.Steps}; go on with {goOn}"));
            return ExitCode.Interrupted;
        }
        WriteLines(run.Experiment.Describe());
        WriteLines(SummaryLines(summary));
        context.WriteLine($"run folder: {run.Folder.FullPath}");
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
}
