using System.Runtime.ExceptionServices;

namespace ModularNetworks.Engine;

public sealed unsafe partial class WorkerPool
{
    private void Work(int worker)
    {
        while (true)
        {
            WaitForWork();
            if (_stopping)
                return;
            TakeBlocks(worker);
        }
    }

    private void WaitForWork()
    {
        for (int spin = 0; spin < SpinsBeforeSleep; spin++)
        {
            if (HasBlocks() || _stopping)
                return;
            Thread.SpinWait(5);
        }
        lock (_gate)
        {
            // Counted before the last look: whoever publishes after that look sees the sleeper and pulses.
            Interlocked.Increment(ref _sleeping);
            while (!HasBlocks() && !_stopping)
                Monitor.Wait(_gate);
            Interlocked.Decrement(ref _sleeping);
        }
    }

    private void WakeSleepers()
    {
        if (Volatile.Read(ref _sleeping) == 0)
            return;
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private bool HasBlocks() => (int)Volatile.Read(ref _ticket) > 0;

    /// <summary>Runs blocks until none is left to take.</summary>
    private void TakeBlocks(int worker)
    {
        int done = 0;
        while (TryTake(out int block))
        {
            try
            {
                _run(_kernel, block, worker);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            }
            done++;
        }
        if (done > 0)
            Interlocked.Add(ref _unfinished, -done);
    }

    private bool TryTake(out int block)
    {
        long ticket = Volatile.Read(ref _ticket);
        while ((int)ticket > 0)
        {
            long seen = Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket);
            if (seen == ticket)
            {
                // From here until the block counts as done, the run cannot end and its fields do not change.
                block = _blockCount - (int)ticket;
                return true;
            }
            ticket = seen;
        }
        block = 0;
        return false;
    }
}
