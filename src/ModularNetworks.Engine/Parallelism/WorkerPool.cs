using System.Runtime.ExceptionServices;

namespace ModularNetworks.Engine;

/// <summary>
/// Threads that share the blocks of a piece of work. Blocks are cut without regard to the number of threads, so results
/// do not depend on it.
/// </summary>
public sealed unsafe partial class WorkerPool : IDisposable
{
    // Kernels follow each other within microseconds; a thread that sleeps in between takes longer to wake than to work.
    private const int SpinsBeforeSleep = 5000;

    private const int MostThreads = 1024;

    private readonly Thread[] _threads;
    private readonly object _gate = new();
    private void* _kernel;
    private delegate*<void*, int, int, void> _run;
    private int _blockCount;
    private int _unfinished;
    private int _busy;

    // Lower half: blocks that nobody has taken yet. Upper half: the run's number, so that a thread which is late by a
    // run
    // cannot take a block by mistake.
    private long _ticket;
    private volatile bool _stopping;
    private int _sleeping;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts the threads.</summary>
    /// <param name="threadCount">The number of threads that work, the caller included.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one thread, or more than 1,024.</exception>
    public WorkerPool(int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threadCount, MostThreads);
        ThreadCount = threadCount;
        _threads = new Thread[threadCount - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"ModularNetworks worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>The number of threads that work, the caller included.</summary>
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

    /// <summary>
    /// Runs all blocks of a kernel and returns when all are done. Rethrows an exception of a block; the
    /// others may have run or not.
    /// </summary>
    /// <exception cref="InvalidOperationException">The pool is at work for another thread, or for the block that
    /// calls.</exception>
    public void Run<TKernel>(int blockCount, in TKernel kernel)
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
            Enter();
            Publish(blockCount, pointer, &Invoke<TKernel>);
            TakeBlocks(worker: 0);
            WaitForOthers();
        }
        _kernel = null;
        var failure = _failure;
        _failure = null;
        Volatile.Write(ref _busy, 0);
        failure?.Throw();
    }

    private void Enter()
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException(
                "WorkerPool: the pool is already at work; it serves one thread at a time. Give each thread a pool "
                + "of its own.");
        }
    }

    private static void Invoke<TKernel>(void* kernel, int block, int worker)
        where TKernel : unmanaged, IBlockKernel
        => ((TKernel*)kernel)->Run(block, worker);

    private void Publish(int blockCount, void* kernel, delegate*<void*, int, int, void> run)
    {
        _kernel = kernel;
        _run = run;
        _blockCount = blockCount;
        _unfinished = blockCount;
        long number = (_ticket >> 32) + 1;
        Interlocked.Exchange(ref _ticket, (number << 32) | (uint)blockCount);
        WakeSleepers();
    }

    /// <summary>Waits for blocks that others have taken, not for threads that came too late to take one.</summary>
    private void WaitForOthers()
    {
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _unfinished) > 0)
            spinner.SpinOnce(sleep1Threshold: -1);
    }
}
