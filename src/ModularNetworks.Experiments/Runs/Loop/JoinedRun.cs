using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// A run that this process trains as one of several ranks, but not as rank 0, which has the run's folder and does all that is written and shown
/// (<see cref="ReadyRun"/>).
/// </summary>
public sealed class JoinedRun : IDisposable
{
    private readonly RunRanks _ranks;
    private readonly WorkerPool _workers;
    private readonly Experiment _experiment;
    private RunOptions _options = null!; // told by rank 0

    /// <summary>Makes the experiment, with the options that rank 0 tells.</summary>
    /// <param name="communicator">The ranks.</param>
    /// <param name="experiments">The experiments that the program knows.</param>
    /// <param name="threads">The number of threads of this rank.</param>
    /// <exception cref="RunException">It failed on some rank; rank 0 tells it too.</exception>
    public JoinedRun(ICommunicator communicator, ExperimentCatalogue experiments, int threads)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        ArgumentNullException.ThrowIfNull(experiments);
        _ranks = new RunRanks(communicator);
        string told = _ranks.Tell("");
        _workers = new WorkerPool(threads);
        try
        {
            _experiment = _ranks.Create(() =>
            {
                _options = experiments.ReadOptions(told, "rank 0") with { Threads = threads };
                return _ranks.Share(experiments.Create(_options, SimdKernels.Create(_workers)), _options);
            });
        }
        catch
        {
            _workers.Dispose();
            throw;
        }
    }

    /// <summary>Takes the steps that rank 0 takes, until the last, or until some rank is told to stop.</summary>
    /// <param name="stop">Asks for a stop after the running step.</param>
    /// <returns>Whether the last step was reached.</returns>
    /// <exception cref="NonFiniteLossException">The loss or a gradient is not a finite number; rank 0 tells it too.</exception>
    public bool Train(CancellationToken stop)
    {
        _ranks.CopyState(_experiment);
        var trainer = _experiment.Trainer;
        while (trainer.Steps < _options.Steps)
        {
            if (_ranks.AgreeToStop(stop.IsCancellationRequested))
                return false;
            trainer.Optimizer.LearningRate = _options.Optimizer.LearningRateAfter(trainer.Steps, _options.Steps);
            trainer.Step();
        }
        return true;
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _workers.Dispose();
}
