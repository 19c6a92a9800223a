using System.Globalization;

namespace ModularNetworks.Fuzz;

/// <summary>Looks every second whether an input is read for longer than it may.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>How long reading one input may take, on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Timer _timer;
    private readonly Action<string> _hangs;
    private readonly TimeProvider _time;
    private volatile Reading? _reading;

    /// <summary>Begins to look.</summary>
    /// <param name="time">Measures.</param>
    /// <param name="hangs">Is told what hangs, on another thread; must end the process.</param>
    public Watchdog(TimeProvider time, Action<string> hangs)
    {
        (_time, _hangs) = (time, hangs);
        _timer = new Timer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>An input is read from now on.</summary>
    public void Begin(FuzzTarget target, ulong seed, long number) => _reading = new Reading(target, seed, number, _time.GetTimestamp());

    /// <summary>It has been read.</summary>
    public void End() => _reading = null;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (_reading is { } reading && _time.GetElapsedTime(reading.Start) > Limit)
        {
            _hangs(new FuzzFailure(
                reading.Target.Name, reading.Seed, reading.Number,
                string.Create(CultureInfo.InvariantCulture, $"still reading after {Limit.TotalSeconds} s"), "").ToString());
        }
    }

    private sealed record Reading(FuzzTarget Target, ulong Seed, long Number, long Start);
}
