using System.Diagnostics;
using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>This library, in this process.</summary>
/// <param name="setup">The means from which cases are made.</param>
internal sealed class OwnContestant(BenchSetup setup) : IContestant
{
    // A TimeSpan is too coarse for predictions: it counts tenths of a microsecond.
    private static readonly double MillisecondsPerTick = 1000.0 / Stopwatch.Frequency;

    private readonly Dictionary<BenchCase, Action> _prepared = [];

    /// <inheritdoc/>
    public string Description =>
        $"ModularNetworks {typeof(Kernels).Assembly.GetName().Version?.ToString(3)}, "
        + $"{RuntimeInformation.FrameworkDescription}, {setup.Kernels.InstructionSet}";

    /// <inheritdoc/>
    public long ResidentBytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }
    }

    /// <inheritdoc/>
    public int ProcessId => Environment.ProcessId;

    /// <inheritdoc/>
    public bool Does(BenchCase what) => true;

    /// <inheritdoc/>
    public double[] Run(BenchCase what, int count)
    {
        if (!_prepared.TryGetValue(what, out var step))
        {
            step = what.Prepare(setup);
            _prepared.Add(what, step);
        }
        var times = new double[count];
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            step();
            times[i] = (Stopwatch.GetTimestamp() - start) * MillisecondsPerTick;
        }
        return times;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
