using System.Globalization;
using ModularNetworks.Data;
using Spectre.Console;

namespace ModularNetworks.Cli.Downloading;

/// <summary>Shows downloads: a bar with bytes, rate and time left on a terminal, else a line for each tenth.</summary>
internal sealed class DownloadDisplay : IDownloadObserver
{
    private const double BytesPerMegabyte = 1e6;
    private const int Tenths = 10;

    private readonly CliContext _context;
    private readonly ProgressContext? _bars;
    private RemoteFile? _file;
    private ProgressTask? _bar;
    private long _tenth;

    private DownloadDisplay(CliContext context, ProgressContext? bars)
    {
        _context = context;
        _bars = bars;
    }

    /// <summary>Runs some work with a display.</summary>
    public static async Task<TResult> ShowAsync<TResult>(
        CliContext context, Func<DownloadDisplay, Task<TResult>> work)
    {
        if (!context.Console.Profile.Out.IsTerminal)
            return await work(new DownloadDisplay(context, bars: null));
        return await context.Console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new DownloadedColumn(),
                new TransferSpeedColumn(),
                new RemainingTimeColumn())
            .StartAsync(bars => work(new DownloadDisplay(context, bars)));
    }

    /// <inheritdoc/>
    public void Received(RemoteFile file, long bytes, long? total)
    {
        bool isNew = file != _file;
        if (isNew)
            Begin(file, bytes, total);
        if (_bar is not null)
        {
            _bar.MaxValue = total ?? file.MostBytes;
            _bar.Value = bytes;
        }
        // A file that is begun again starts its tenths again.
        long tenth = total is > 0 and var all ? bytes * Tenths / all : 0;
        if (_bars is null && !isNew && tenth > _tenth)
            _context.WriteLine($"{file.Name}: {Megabytes(bytes)} of {Megabytes(total!.Value)} MB");
        _tenth = tenth;
    }

    /// <inheritdoc/>
    public void Retrying(string problem, TimeSpan pause) =>
        WriteLine(string.Create(CultureInfo.InvariantCulture, $"{problem}; trying again in {pause.TotalSeconds} s"));

    /// <summary>Writes a line, above the bars if there are any.</summary>
    public void WriteLine(string line)
    {
        if (_bars is null)
            _context.WriteLine(line);
        else
            _context.Console.WriteLine(line);
    }

    private void Begin(RemoteFile file, long bytes, long? total)
    {
        _file = file;
        _bar?.StopTask();
        _bar = _bars?.AddTask(file.Name);
        string size = total is { } all ? $", {Megabytes(all)} MB" : "";
        string rest = bytes > 0 ? $", of which {Megabytes(bytes)} MB are there" : "";
        WriteLine($"{file.Name}: from {file.Address}{size}{rest}");
    }

    private static string Megabytes(long bytes) => (bytes / BytesPerMegabyte).ToString("F1", CultureInfo.InvariantCulture);
}
