using System.Runtime.ExceptionServices;

namespace ModularNetworks.Engine;

/// <summary>
/// Threads that share the blocks of a piece of work. Blocks are cut without regard to the number of threads, so results
/// do not depend on it.
/// </summary>
public sealed unsafe class WorkerPool : IDisposable
{
    // Kernels follow each other within microseconds; a thread that sleeps in between takes longer to wake than to work.
    private const int SpinsBeforeSleep = 5000;

    private readonly Thread[] _threads;
    private readonly object _gate = new();
    private void* _kernel;
    private delegate*<void*, int, int, void> _run;
    private int _blockCount;
    private int _nextBlock;
    private int _running;
    private volatile int _generation;
    private volatile bool _stopping;
    private int _sleeping;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts the threads.</summary>
    /// <param name="threadCount">How many threads work, the caller included.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one thread.</exception>
    public WorkerPool(int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        ThreadCount = threadCount;
        _threads = new Thread[threadCount - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"ModularNetworks worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>How many threads work, the caller included.</summary>
    public int ThreadCount { get; }

    /// <summary>Stops the threads. No work may be running.</summary>
    public void Dispose()
    {
        if (_stopping)
            return;
        _stopping = true;
        Thread.MemoryBarrier();
        WakeSleepers();
        foreach (var thread in _threads)
            thread.Join();
    }

    /// <summary>Runs all blocks of a kernel and returns when all are done. Not reentrant.</summary>
    internal void Run<TKernel>(int blockCount, in TKernel kernel)
        where TKernel : unmanaged, IBlockKernel
    {
        ObjectDisposedException.ThrowIf(_stopping, this);
        fixed (TKernel* pointer = &kernel)
        {
            if (blockCount <= 1 || _threads.Length == 0)
            {
                for (int block = 0; block < blockCount; block++)
                    pointer->Run(block, worker: 0);
                return;
            }
            Publish(blockCount, pointer, &Invoke<TKernel>);
            TakeBlocks(worker: 0);
            WaitForOthers();
        }
        _kernel = null;
        var failure = _failure;
        _failure = null;
        failure?.Throw();
    }

    private static void Invoke<TKernel>(void* kernel, int block, int worker)
        where TKernel : unmanaged, IBlockKernel
        => ((TKernel*)kernel)->Run(block, worker);

    private void Publish(int blockCount, void* kernel, delegate*<void*, int, int, void> run)
    {
        _kernel = kernel;
        _run = run;
        _blockCount = blockCount;
        _nextBlock = 0;
        Volatile.Write(ref _running, _threads.Length);
        Interlocked.Increment(ref _generation);
        WakeSleepers();
    }

    private void TakeBlocks(int worker)
    {
        try
        {
            int block;
            while ((block = Interlocked.Increment(ref _nextBlock) - 1) < _blockCount)
                _run(_kernel, block, worker);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    private void WaitForOthers()
    {
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _running) > 0)
            spinner.SpinOnce(sleep1Threshold: -1);
    }

    private void Work(int worker)
    {
        int seen = 0;
        while (true)
        {
            WaitForWork(seen);
            if (_stopping)
                return;
            seen = _generation;
            TakeBlocks(worker);
            Interlocked.Decrement(ref _running);
        }
    }

    private void WaitForWork(int seen)
    {
        for (int spin = 0; spin < SpinsBeforeSleep; spin++)
        {
            if (_generation != seen || _stopping)
                return;
            Thread.SpinWait(5);
        }
        lock (_gate)
        {
            // Counted before the last look: whoever publishes after that look sees the sleeper and pulses.
            Interlocked.Increment(ref _sleeping);
            while (_generation == seen && !_stopping)
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
}
