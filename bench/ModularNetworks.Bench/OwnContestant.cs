using System.Diagnostics;
using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Bench;

/// <summary>This library, in this process.</summary>
internal sealed class OwnContestant : IContestant
{
    private readonly WorkerPool _workers;
    private readonly Kernels _kernels;
    private readonly Dictionary<(int Modules, int Parallel), LanguageModelSteps> _models = [];

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many threads work.</param>
    public OwnContestant(int threads)
    {
        _workers = new WorkerPool(threads);
        _kernels = SimdKernels.Create(_workers);
    }

    /// <inheritdoc/>
    public string Description =>
        $"ModularNetworks {typeof(Kernels).Assembly.GetName().Version?.ToString(3)}, "
        + $"{RuntimeInformation.FrameworkDescription}, {_kernels.InstructionSet}";

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
    public TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime;

    /// <inheritdoc/>
    public double[] Run(StepCase what, int count)
    {
        var size = (what.Modules, what.Parallel);
        if (!_models.TryGetValue(size, out var steps))
        {
            steps = new LanguageModelSteps(what.Modules, what.Parallel, _kernels, RandomKey.FromSeed(1));
            _models.Add(size, steps);
        }
        var times = new double[count];
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            steps.Take(what.Kind);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return times;
    }

    /// <inheritdoc/>
    public void Dispose() => _workers.Dispose();
}
