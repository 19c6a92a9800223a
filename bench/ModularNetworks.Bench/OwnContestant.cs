using System.Diagnostics;
using System.Runtime.InteropServices;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Bench;

/// <summary>This library, in this process.</summary>
internal sealed class OwnContestant : IContestant
{
    private readonly WorkerPool _workers;
    private readonly Kernels _kernels;
    private readonly Dictionary<(BenchModel Model, int Modules, int Parallel), IModelSteps> _models = [];

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
        var model = (what.Model, what.Modules, what.Parallel);
        if (!_models.TryGetValue(model, out var steps))
        {
            steps = Create(what, RandomKey.FromSeed(1));
            _models.Add(model, steps);
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

    private IModelSteps Create(StepCase what, RandomKey key) => what.Model switch
    {
        BenchModel.Text => new LanguageModelSteps(what.Modules, what.Parallel, _kernels, key),
        BenchModel.ImagesLinear => new ImageSteps(what.Modules, what.Parallel, ImageController.Linear, _kernels, key),
        _ => new ImageSteps(what.Modules, what.Parallel, ImageController.Conv, _kernels, key),
    };
}
