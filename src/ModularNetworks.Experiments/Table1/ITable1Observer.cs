namespace ModularNetworks.Experiments;

/// <summary>Is told how the runs of a table go on, from several threads if several runs go on at the same time.</summary>
public interface ITable1Observer
{
    /// <summary>A run starts, or goes on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The number of steps it has taken.</param>
    /// <returns>Is told how the run goes on.</returns>
    IRunObserver Started(Table1Run run, long step);

    /// <summary>A run is finished.</summary>
    /// <param name="run">The run.</param>
    /// <param name="result">What it came to.</param>
    /// <param name="before">Whether it was finished before this reproduction.</param>
    void Finished(Table1Run run, RunResult result, bool before);

    /// <summary>A run was stopped, and left a checkpoint.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The number of steps it has taken.</param>
    void Stopped(Table1Run run, long step);

    /// <summary>A run cannot be finished, since its training diverged; the others go on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="reason">What happened.</param>
    void Failed(Table1Run run, string reason);
}
