using ModularNetworks;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

// Trains an experiment of one's own in a run folder, or goes on with it, and makes its page: OwnExperiment RUN PAGE [STEPS]
var (disk, experiments) = (new Disk(), new ExperimentCatalogue(BentLine.Kind));
var stop = new CancellationTokenSource();
int steps = args.Length > 2 ? int.Parse(args[2], provider: null) : int.MaxValue; // stops early, as Ctrl-C would
Console.CancelKeyPress += (_, press) => (press.Cancel = true, stop).stop.Cancel();

using (var run = ReadyRun.StartOrResume(disk, args[0], new BentLine.Settings(), experiments))
{
    var observers = new RunObservers(new Lines(steps, stop));
    var training = run.Begin(observers);
    observers.Add(new TensorBoardLog(disk, run.Folder, run.ResumedAt, TimeProvider.System));
    if (!training.Train(stop.Token))
    {
        Console.WriteLine($"stopped after step {run.Experiment.Trainer.Steps}; the same command goes on");
        return;
    }
    var summary = training.Summarize(version: "1.0");
    Console.WriteLine($"H_a {summary.Measured.Selection!.SelectionEntropy:F3}, H_b {summary.Measured.Selection.BatchSelectionEntropy:F3}");
}

var data = RunData.Read(args[0], name: "bent line", RunDetail.Full);
File.WriteAllText(args[1], ReportPage.Make("1.0", DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime), [data], comparisons: [], problems: [], out _));

/// <summary>Prints the lines of metrics, and asks for a stop after some steps.</summary>
internal sealed class Lines(long steps, CancellationTokenSource stop) : IRunObserver
{
    public void Progress(long step, long total)
    {
        if (step >= steps)
            stop.Cancel();
    }

    public void Logged(MetricsLine line) => Console.WriteLine($"step {line.Step}: {line.Training.Train?.LogLikelihood:F3} nats");
}
