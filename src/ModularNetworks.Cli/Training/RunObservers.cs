using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>Tells several observers how a run goes on.</summary>
/// <param name="first">Is told first.</param>
internal sealed class RunObservers(IRunObserver first) : IRunObserver
{
    private readonly List<IRunObserver> _observers = [first];

    /// <summary>Adds an observer.</summary>
    public void Add(IRunObserver observer) => _observers.Add(observer);

    /// <inheritdoc/>
    public void Progress(long step, long total) => _observers.ForEach(observer => observer.Progress(step, total));

    /// <inheritdoc/>
    public void Logged(MetricsLine line) => _observers.ForEach(observer => observer.Logged(line));

    /// <inheritdoc/>
    public void Warned(string warning) => _observers.ForEach(observer => observer.Warned(warning));

    /// <inheritdoc/>
    public void Snapshot(NetworkSnapshot snapshot) => _observers.ForEach(observer => observer.Snapshot(snapshot));
}
