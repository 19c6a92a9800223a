namespace ModularNetworks.Experiments;

/// <summary>Is told how the runs of a reproduction go on, from several threads if several go on at the same time.</summary>
/// <typeparam name="TSeries">The runs' series: rows or curves.</typeparam>
/// <typeparam name="TResult">The results of a run.</typeparam>
public interface IReproductionObserver<TSeries, in TResult>
    where TSeries : ISeries
{
    /// <summary>A run starts, or goes on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The number of steps that the run has taken.</param>
    /// <returns>Is told how the run goes on.</returns>
    IRunObserver Started(SeedRun<TSeries> run, long step);

    /// <summary>A run is finished.</summary>
    /// <param name="run">The run.</param>
    /// <param name="result">The run's results.</param>
    /// <param name="before">Whether the run was finished before this reproduction.</param>
    void Finished(SeedRun<TSeries> run, TResult result, bool before);

    /// <summary>A run was stopped, and left a checkpoint.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The number of steps that the run has taken.</param>
    void Stopped(SeedRun<TSeries> run, long step);

    /// <summary>A run cannot be finished, since its training diverged; the others go on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="reason">The reason.</param>
    void Failed(SeedRun<TSeries> run, string reason);
}
