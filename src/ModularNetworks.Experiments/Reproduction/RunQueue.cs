using System.Diagnostics.CodeAnalysis;

namespace ModularNetworks.Experiments;

/// <summary>Hands out runs in their order, but for those that wait for the results of others.</summary>
/// <typeparam name="TRun">The runs.</typeparam>
/// <param name="runs">The runs.</param>
/// <param name="isReady">Whether a run can be started; may change whenever a run ends.</param>
internal sealed class RunQueue<TRun>(IEnumerable<TRun> runs, Func<TRun, bool> isReady)
    where TRun : class
{
    private readonly object _gate = new();
    private readonly List<TRun> _waiting = [.. runs];
    private int _running;

    /// <summary>
    /// The runs, each as soon as it is asked for and one is ready. Ends when none is left, or when those that are left wait for
    /// runs that did not come to their end.
    /// </summary>
    public IEnumerable<TRun> Take()
    {
        while (TryTake(out var run))
            yield return run;
    }

    /// <summary>Notes that a run that was taken has ended, well or not.</summary>
    public void End()
    {
        lock (_gate)
        {
            _running--;
            Monitor.PulseAll(_gate);
        }
    }

    private bool TryTake([NotNullWhen(true)] out TRun? run)
    {
        lock (_gate)
        {
            int place = _waiting.FindIndex(one => isReady(one));
            while (place < 0 && _waiting.Count > 0 && _running > 0)
            {
                Monitor.Wait(_gate);
                place = _waiting.FindIndex(one => isReady(one));
            }
            run = place < 0 ? null : _waiting[place];
            if (run is null)
                return false;
            _waiting.RemoveAt(place);
            _running++;
            return true;
        }
    }
}
