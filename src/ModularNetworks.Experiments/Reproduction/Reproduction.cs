using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Trains the runs of a table or figure, each in a run folder of its own, and writes their results.</summary>
/// <remarks>
/// It can be ended at any moment, even by force: the same reproduction skips what is finished, goes on with the rest, and
/// comes to the same numbers. What is finished can be given more steps.
/// </remarks>
/// <typeparam name="TSeries">The runs' series: rows or curves.</typeparam>
/// <typeparam name="TResult">The results of a run.</typeparam>
/// <param name="folder">Holds the run folders.</param>
/// <param name="disk">Writes to the run folders.</param>
/// <param name="write">Writes the results of the finished runs in the folder, whenever one more is finished.</param>
/// <param name="version">The version of the tool.</param>
/// <param name="observer">Is told how the reproduction goes on.</param>
public sealed class Reproduction<TSeries, TResult>(
    ReproductionFolder<TSeries, TResult> folder,
    IDisk disk,
    Action write,
    string version,
    IReproductionObserver<TSeries, TResult> observer)
    where TSeries : ISeries
    where TResult : class, IRunResult
{
    private readonly Lock _writing = new();
    private readonly ConcurrentQueue<(SeedRun<TSeries> Run, NonFiniteLossException Failure)> _failures = [];
    private int _finished;

    /// <summary>Trains all runs to the end.</summary>
    /// <param name="runs">The runs, in the order in which they are started.</param>
    /// <param name="jobs">The number of runs that are trained at the same time; does not change the results.</param>
    /// <param name="stop">Asks for a stop after the running steps.</param>
    /// <returns>Whether all runs came to their end.</returns>
    /// <exception cref="RunException">
    /// A run in the folder does not fit, another process trains in one, or a training diverged; in the last case all others
    /// are finished.
    /// </exception>
    public bool Run(IReadOnlyList<SeedRun<TSeries>> runs, int jobs, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(runs);
        folder.Require(runs);
        using (folder.Lock())
        {
            // Better now than after hours of training it turns out that the folder cannot be written to.
        }
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            var queue = new RunQueue<SeedRun<TSeries>>(runs, folder.IsReady);
            // One by one in their order; a list would be cut into a part for each job.
            var parts = Partitioner.Create(queue.Take(), EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(parts, new ParallelOptions { MaxDegreeOfParallelism = jobs }, run => RunNext(run, queue, ending));
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
        if (_failures.TryPeek(out var first))
            throw new RunException($"{first.Run.Name}: {first.Failure.Message}", first.Failure);
        return _finished == runs.Count;
    }

    private void RunNext(SeedRun<TSeries> run, RunQueue<SeedRun<TSeries>> queue, CancellationTokenSource ending)
    {
        try
        {
            if (!ending.IsCancellationRequested)
                RunOne(run, ending);
        }
        finally
        {
            queue.End();
        }
    }

    private void RunOne(SeedRun<TSeries> run, CancellationTokenSource ending)
    {
        try
        {
            // What decides its options may have been made after those of all runs were compared.
            folder.RequireSame(run);
            if (folder.ResultOf(run) is { } result && result.Steps == folder.OptionsOf(run).Steps)
                Finish(run, result, before: true);
            else if (folder.MayDiverge(run) && folder.DivergenceOf(run) is { } reason)
                Diverge(run, reason);
            else if (Train(run, ending.Token))
                Finish(run, folder.ResultOf(run)!, before: false);
        }
        catch (NonFiniteLossException failure) when (folder.MayDiverge(run))
        {
            folder.WriteDivergence(disk, run, failure.Message);
            Diverge(run, failure.Message);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The run's data were being read. It begins with that again when the reproduction goes on.
        }
        catch (NonFiniteLossException failure)
        {
            _failures.Enqueue((run, failure));
            observer.Failed(run, failure.Message);
        }
        catch
        {
            // The other jobs end too, with a checkpoint.
            ending.Cancel();
            throw;
        }
    }

    /// <summary>Trains one run to its end, or until a stop is asked for.</summary>
    /// <returns>Whether the run came to its end.</returns>
    private bool Train(SeedRun<TSeries> run, CancellationToken stop)
    {
        var options = folder.OptionsOf(run);
        using var workers = new WorkerPool(options.Threads);
        using var ownership = folder.Claim(disk, run);
        var runFolder = folder.OpenOrCreate(disk, run);
        var experiment = NewRunFolder.Prepare(disk, runFolder, () => folder.Create(run, options, SimdKernels.Create(workers)));
        var training = new TrainingRun(
            experiment, options, runFolder, disk, observer.Started(run, runFolder.Checkpoint.NewestStep ?? 0));
        training.Resume();
        if (!training.Train(stop))
        {
            observer.Stopped(run, experiment.Trainer.Steps);
            return false;
        }
        training.Summarize(version);
        return true;
    }

    private void Finish(SeedRun<TSeries> run, TResult result, bool before)
    {
        observer.Finished(run, result, before);
        Count();
    }

    private void Diverge(SeedRun<TSeries> run, string reason)
    {
        observer.Failed(run, reason);
        Count();
    }

    private void Count()
    {
        lock (_writing)
        {
            _finished++;
            using var only = folder.Lock();
            write();
        }
    }
}
