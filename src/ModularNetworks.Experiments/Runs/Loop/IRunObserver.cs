namespace ModularNetworks.Experiments;

/// <summary>Is told how a run goes on.</summary>
public interface IRunObserver
{
    /// <summary>A gradient step was taken.</summary>
    /// <param name="step">The number of steps taken.</param>
    /// <param name="total">The number of steps to take.</param>
    void Progress(long step, long total);

    /// <summary>A line of metrics was written.</summary>
    void Logged(MetricsLine line);

    /// <summary>A warning was given; the line of metrics holds the warning too.</summary>
    void Warned(string warning)
    {
    }

    /// <summary>A snapshot was written.</summary>
    void Snapshot(NetworkSnapshot snapshot)
    {
    }
}
