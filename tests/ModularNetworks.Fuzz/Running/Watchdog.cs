using System.Globalization;

namespace ModularNetworks.Fuzz;

/// <summary>
/// Looks every second whether an input is read for longer than it may. Seconds are counted by looks, so that the time does not count in which
/// this process, or the machine, was stopped.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>How long reading one input may take, on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Timer _timer;
    private readonly Action<string> _hangs;
    private volatile Reading? _reading;

    /// <summary>Begins to look.</summary>
    /// <param name="hangs">Is told what hangs, on another thread; must end the process.</param>
    public Watchdog(Action<string> hangs)
    {
        _hangs = hangs;
        _timer = new Timer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>An input is read from now on.</summary>
    public void Begin(FuzzTarget target, ulong seed, long number) => _reading = new Reading(target, seed, number);

    /// <summary>It has been read.</summary>
    public void End() => _reading = null;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (_reading is { } reading && Interlocked.Increment(ref reading.Looks) * LookEvery > Limit)
        {
            _hangs(new FuzzFailure(
                reading.Target.Name, reading.Seed, reading.Number,
                string.Create(CultureInfo.InvariantCulture, $"still reading after {Limit.TotalSeconds} s"), "").ToString());
        }
    }

    private sealed class Reading(FuzzTarget target, ulong seed, long number)
    {
        public int Looks;

        public FuzzTarget Target { get; } = target;

        public ulong Seed { get; } = seed;

        public long Number { get; } = number;
    }
}
