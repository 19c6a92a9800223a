using System.Runtime.InteropServices;

namespace ModularNetworks.Engine.Tests;

public sealed unsafe class WorkerPoolTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 100)]
    [InlineData(2, 1)]
    [InlineData(2, 1000)]
    [InlineData(3, 2)]
    [InlineData(3, 1000)]
    public void Every_block_runs_exactly_once(int threads, int blocks)
    {
        using var pool = new WorkerPool(threads);
        Assert.Equal(threads, pool.ThreadCount);
        int[] counts = new int[blocks + 1];
        fixed (int* pointer = counts)
            pool.Run(blocks, new Count(pointer));
        Assert.All(counts[..blocks], count => Assert.Equal(1, count));
        Assert.Equal(0, counts[blocks]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Many_small_runs_follow_each_other(int threads)
    {
        using var pool = new WorkerPool(threads);
        const int Runs = 20_000;
        int* counts = stackalloc int[4];
        new Span<int>(counts, 4).Clear();
        for (int run = 0; run < Runs; run++)
            pool.Run(4, new Count(counts));
        Assert.Equal([Runs, Runs, Runs, Runs], new Span<int>(counts, 4).ToArray());
    }

    [Fact]
    public void Workers_that_fell_asleep_wake_up()
    {
        using var pool = new WorkerPool(3);
        int* counts = stackalloc int[8];
        new Span<int>(counts, 8).Clear();
        for (int run = 0; run < 200; run++)
        {
            pool.Run(8, new Count(counts));
            // Longer than workers look for work before they sleep.
            Thread.SpinWait(50_000);
        }
        Assert.All(new Span<int>(counts, 8).ToArray(), count => Assert.Equal(200, count));
    }

    [Fact]
    public void Worker_numbers_stay_below_the_number_of_threads()
    {
        using var pool = new WorkerPool(3);
        int[] workers = new int[500];
        fixed (int* pointer = workers)
            pool.Run(workers.Length, new NoteWorker(pointer));
        Assert.All(workers, worker => Assert.InRange(worker, 0, 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_exception_reaches_the_caller_and_the_pool_works_on(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (int run = 0; run < 50; run++)
        {
            var error = Assert.Throws<InvalidOperationException>(() => pool.Run(20, new FailAt(7)));
            Assert.Equal("block 7", error.Message);
            int counts = 0;
            pool.Run(20, new CountAll(&counts));
            Assert.Equal(20, counts);
        }
    }

    [Fact]
    public void A_run_within_a_run_is_refused()
    {
        using var pool = new WorkerPool(2);
        var handle = GCHandle.Alloc(pool);
        try
        {
            var error = Assert.Throws<InvalidOperationException>(
                () => pool.Run(2, new Nested(GCHandle.ToIntPtr(handle))));
            Assert.Contains("one thread at a time", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            handle.Free();
        }
    }

    [Fact]
    public void Work_allocates_nothing()
    {
        using var pool = new WorkerPool(2);
        int count = 0;
        int* counter = &count;
        Allocations.AssertNone(() => pool.Run(4, new CountAll(counter)));
    }

    [Fact]
    public void A_disposed_pool_refuses_work()
    {
        var pool = new WorkerPool(3);
        pool.Dispose();
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.Run(1, new FailAt(0)));
    }

    [Fact]
    public void A_pool_has_at_least_one_thread() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(0));

    private readonly struct Count(int* counts) : IBlockKernel
    {
        public void Run(int block, int worker) => Interlocked.Increment(ref counts[block]);
    }

    private readonly struct CountAll(int* count) : IBlockKernel
    {
        public void Run(int block, int worker) => Interlocked.Increment(ref *count);
    }

    private readonly struct NoteWorker(int* workers) : IBlockKernel
    {
        public void Run(int block, int worker) => workers[block] = worker;
    }

    private readonly struct FailAt(int bad) : IBlockKernel
    {
        public void Run(int block, int worker)
        {
            if (block == bad)
                throw new InvalidOperationException($"block {block}");
        }
    }

    private readonly struct Nested(nint pool) : IBlockKernel
    {
        public void Run(int block, int worker)
        {
            int count = 0;
            var target = (WorkerPool)GCHandle.FromIntPtr(pool).Target!;
            target.Run(2, new CountAll(&count));
        }
    }
}
