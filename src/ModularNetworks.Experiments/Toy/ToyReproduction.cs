using System.Runtime.ExceptionServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Solves many random toy problems, to see how reliably EM decomposes them.</summary>
public static class ToyReproduction
{
    /// <summary>Trains on one random problem a seed. Problems are spread over threads; results do not depend on how.</summary>
    /// <param name="options">Options of all runs, but for the seed.</param>
    /// <param name="seeds">The number of problems; their seeds are 1, 2, and so on.</param>
    /// <param name="threads">The number of problems that are trained at the same time.</param>
    /// <param name="finished">Told of every finished problem, one at a time, in no order.</param>
    /// <param name="stop">Asks for a stop.</param>
    /// <returns>The measurement of every problem on its held-out points, in the order of seeds.</returns>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    /// <exception cref="NonFiniteLossException">The loss of a problem is not a finite number.</exception>
    public static IReadOnlyList<ToyEvaluation> Run(
        ToyOptions options, int seeds, int threads, Action<ulong, ToyEvaluation> finished, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(finished);
        var results = new ToyEvaluation[seeds];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop };
        try
        {
            Parallel.For(0, seeds, parallel, index =>
            {
                ulong seed = (ulong)index + 1;
                results[index] = Solve(options with { Seed = seed }, stop);
                lock (results)
                    finished(seed, results[index]);
            });
        }
        catch (AggregateException failures)
        {
            // Several problems may fail at once, of the same cause; one is enough to tell.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
        return results;
    }

    private static ToyEvaluation Solve(ToyOptions options, CancellationToken stop)
    {
        using var workers = new WorkerPool(1);
        var experiment = new ToyExperiment(options, SimdKernels.Create(workers));
        for (long step = 0; step < options.Steps; step++)
        {
            stop.ThrowIfCancellationRequested();
            experiment.Trainer.Step();
        }
        return experiment.Measure();
    }
}
