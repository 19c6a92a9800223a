using System.Globalization;
using System.Text;

namespace ModularNetworks.Experiments.Tests;

/// <summary>A comparison in little, on a generated table.</summary>
internal static class ComparisonCase
{
    /// <summary>Where the numbers come from.</summary>
    public static Origin Origin { get; } = new("modnet compare", "compare", "1.2.3", new Machine("a processor", 2, "a system", "a runtime"));

    /// <summary>A plan for sentences.</summary>
    public static ComparisonPlan Plan { get; } = new()
    {
        Config = OptionsJson.Entries(new TableOptions { Threads = 1 }),
        Data = "",
        BudgetMinutes = 4,
        CalibrationSeconds = 10,
        Metric = "r2",
        HigherIsBetter = true,
        Steps = 500,
        UsualSteps = 3000,
        Trials = 3,
        Seeds = 3,
        MinutesForUsualSteps = 20,
        Methods = ["dense", "em-clusters"],
        LeftOut = [],
        Costs = [],
    };

    /// <summary>A question about a table in a folder.</summary>
    public static ComparisonQuestion Question(TemporaryFolder folder, TimeProvider? time = null) => new(Options(folder), BudgetMinutes: 60)
    {
        Jobs = 1,
        Time = time ?? new StoppedTime(),
    };

    /// <summary>Opens a comparison that has few trials and seeds.</summary>
    public static ModuleComparison Open(TemporaryFolder folder, string name, ComparisonQuestion? question = null, int seeds = 2)
    {
        question ??= Question(folder);
        if (!File.Exists(folder[$"{name}/plan.json"]))
        {
            var planned = ModuleComparison.Open(folder[name], question).Plan;
            (planned with { Trials = 2, Seeds = seeds, SeedsAreSettled = true }).Write(new Disk(), folder[name]);
        }
        return ModuleComparison.Open(folder[name], question);
    }

    /// <summary>Trains a comparison.</summary>
    public static ComparisonReport? Run(ModuleComparison comparison, Action<string, long>? onProgress = null, CancellationTokenSource? stop = null) =>
        comparison.Run(Origin, new Observer(onProgress), stop?.Token ?? CancellationToken.None);

    private static TableOptions Options(TemporaryFolder folder)
    {
        string path = folder["table.csv"];
        if (!File.Exists(path))
            File.WriteAllText(path, Rows());
        return new TableOptions
        {
            Data = path,
            Target = "y",
            Modules = 3,
            Network = new() { Hidden = 4, Shared = true },
            BatchSize = 8,
            Steps = 12,
            Expected = new() { ExpectedAfter = 5, ExpectedComposition = ExpectedComposition.Sampled },
            Threads = 1,
        };
    }

    private static string Rows()
    {
        var text = new StringBuilder("x,z,g,y\n");
        for (int row = 0; row < 90; row++)
        {
            double x = row * 7 % 13 / 6.0, z = row * 5 % 11 / 5.0, y = (row % 3) switch { 0 => x, 1 => -z, _ => z - x };
            text.Append(CultureInfo.InvariantCulture, $"{x:F3},{z:F3},{"abc"[row % 3]},{y:F3}\n");
        }
        return text.ToString();
    }

    /// <summary>A clock that stands still.</summary>
    internal sealed class StoppedTime : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    /// <summary>Stands for the end of the process.</summary>
    internal sealed class KilledException : Exception;

    /// <summary>A clock that is moved by hand.</summary>
    internal sealed class ManualTime : TimeProvider
    {
        private readonly List<(TimeSpan Due, TimerCallback Callback, object? State)> _timers = [];
        private TimeSpan _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add((_now + dueTime, callback, state));
            return new NoTimer();
        }

        public void Pass(TimeSpan time)
        {
            _now += time;
            foreach (var timer in _timers.Where(timer => timer.Due <= _now).ToList())
            {
                _timers.Remove(timer);
                timer.Callback(timer.State);
            }
        }

        private sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    private sealed class Observer(Action<string, long>? onProgress) : IReproductionObserver<SuiteSeries, SuiteResult>
    {
        public IRunObserver Started(SeedRun<SuiteSeries> run, long step) => new RunCase.Observer { OnProgress = taken => onProgress?.Invoke(run.Name, taken) };

        public void Finished(SeedRun<SuiteSeries> run, SuiteResult result, bool before)
        {
        }

        public void Stopped(SeedRun<SuiteSeries> run, long step)
        {
        }

        public void Failed(SeedRun<SuiteSeries> run, string reason)
        {
        }
    }
}
