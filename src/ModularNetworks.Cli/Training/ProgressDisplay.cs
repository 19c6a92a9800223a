using System.Diagnostics;
using System.Globalization;
using ModularNetworks.Experiments;
using Spectre.Console;

namespace ModularNetworks.Cli.Training;

/// <summary>
/// Shows a training run: lines of metrics as they come and, on a terminal, a bar with rate and time left below them.
/// </summary>
internal sealed class ProgressDisplay : IRunObserver
{
    // Often enough to look alive, seldom enough to cost nothing.
    private static readonly TimeSpan UpdateEvery = TimeSpan.FromMilliseconds(100);

    private readonly CliContext _context;
    private readonly ProgressTask? _bar;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long? _firstStep;
    private TimeSpan _updated;

    private ProgressDisplay(CliContext context, ProgressTask? bar)
    {
        _context = context;
        _bar = bar;
    }

    /// <summary>Runs some work with a display.</summary>
    public static TResult Show<TResult>(CliContext context, Func<IRunObserver, TResult> work)
    {
        // mpirun gives its processes a terminal, but passes on what they write line by line.
        if (context.Launcher is not null || !context.Console.Profile.Out.IsTerminal)
            return work(new ProgressDisplay(context, bar: null));
        return context.Console.Progress()
            .AutoClear(true)
            .Columns(
                new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn(), new RemainingTimeColumn())
            .Start(progress => work(new ProgressDisplay(context, progress.AddTask("starting"))));
    }

    /// <inheritdoc/>
    public void Progress(long step, long total)
    {
        _firstStep ??= step - 1;
        if (_bar is null || (_clock.Elapsed - _updated < UpdateEvery && step < total))
            return;
        _updated = _clock.Elapsed;
        double rate = (step - _firstStep.Value) / _clock.Elapsed.TotalSeconds;
        _bar.MaxValue = total;
        _bar.Value = step;
        _bar.Description = string.Create(CultureInfo.InvariantCulture, $"step {step} of {total}, {rate:F1} steps/s");
    }

    /// <inheritdoc/>
    public void Logged(MetricsLine line) => Write(MetricsText.Line(line));

    /// <inheritdoc/>
    public void Warned(string warning) => Write($"warning: {warning}");

    private void Write(string line)
    {
        if (_bar is null)
            _context.WriteLine(line);
        else
            _context.Console.WriteLine(line); // above the bar
    }
}
