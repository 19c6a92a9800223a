namespace ModularNetworks.Data.Tests;

/// <summary>A time in which pauses are over at once, and nothing takes too long unless it is said to stall.</summary>
internal sealed class SkippedTime : TimeProvider
{
    /// <summary>Whether the bounds on waiting are over at once too.</summary>
    public bool IsStalled { get; set; }

    /// <summary>The pauses that were made, in seconds.</summary>
    public List<double> Pauses { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        bool isPause = dueTime < HttpSource.LongestStall;
        if (isPause)
            Pauses.Add(dueTime.TotalSeconds);
        if (isPause || IsStalled)
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new NoTimer();
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
