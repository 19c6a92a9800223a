using System.Globalization;

namespace ModularNetworks.Data;

/// <summary>A stage of the reading of data. Serves several threads.</summary>
/// <param name="what">What is done, in words.</param>
/// <param name="total">The work to do.</param>
/// <param name="tell">Is told the share that is done every few seconds; null if nobody is.</param>
/// <param name="time">Tells the time.</param>
/// <param name="stop">Asks for a stop.</param>
internal sealed class DataStage(string what, long total, Action<string>? tell, TimeProvider time, CancellationToken stop)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private long _done;
    private long _told = time.GetTimestamp();

    /// <summary>Asks for a stop.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Some work was done.</summary>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public void Add(long work)
    {
        stop.ThrowIfCancellationRequested();
        long done = Interlocked.Add(ref _done, work), told = Interlocked.Read(ref _told);
        // One of several threads tells.
        if (tell is not null && time.GetElapsedTime(told) >= Between && Interlocked.CompareExchange(ref _told, time.GetTimestamp(), told) == told)
            tell(string.Create(CultureInfo.InvariantCulture, $"{what}: {100.0 * Math.Min(done, total) / Math.Max(1, total):F0} %"));
    }
}
