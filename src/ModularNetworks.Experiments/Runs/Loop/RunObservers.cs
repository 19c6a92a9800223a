namespace ModularNetworks.Experiments;

/// <summary>Tells several observers how a run goes on.</summary>
/// <param name="observers">The observers, in the order in which they are told.</param>
public sealed class RunObservers(params IEnumerable<IRunObserver> observers) : IRunObserver
{
    private readonly List<IRunObserver> _observers = [.. observers];

    /// <summary>Adds an observer.</summary>
    /// <param name="observer">Is told after the others.</param>
    public void Add(IRunObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        _observers.Add(observer);
    }

    /// <inheritdoc/>
    public void Progress(long step, long total) => _observers.ForEach(observer => observer.Progress(step, total));

    /// <inheritdoc/>
    public void Logged(MetricsLine line) => _observers.ForEach(observer => observer.Logged(line));

    /// <inheritdoc/>
    public void Warned(string warning) => _observers.ForEach(observer => observer.Warned(warning));

    /// <inheritdoc/>
    public void Snapshot(NetworkSnapshot snapshot) => _observers.ForEach(observer => observer.Snapshot(snapshot));
}
