using System.Diagnostics;
using System.Runtime.Intrinsics;
using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>Measures the machine's peaks with the vectors that the kernels use, in a tenth of a second.</summary>
internal sealed unsafe class PeakMeter
{
    private const int BlockBytes = 1 << 20;
    private const int Repeats = 5;

    // A few milliseconds: long enough that it does not count when a thread starts late.
    private const int Rounds = 100_000;

    private readonly WorkerPool _workers;
    private readonly CopiedMemory _memory;

    /// <summary>Creates a meter and copies the memory once.</summary>
    /// <param name="workers">The threads whose peaks are measured.</param>
    /// <param name="memory">The memory that the threads copy.</param>
    public PeakMeter(WorkerPool workers, CopiedMemory memory)
    {
        _workers = workers;
        _memory = memory;
        Copy();
    }

    /// <summary>Measures the peaks: the best of a few short measurements.</summary>
    public MachinePeaks Measure() =>
        Width512.IsSupported ? Measure<Width512, Vector512<float>>()
        : Width256.IsSupported ? Measure<Width256, Vector256<float>>()
        : Measure<Width128, Vector128<float>>();

    private MachinePeaks Measure<TWidth, TVector>()
        where TWidth : IWidth<TVector>
        where TVector : unmanaged
    {
        int blocks = _workers.ThreadCount;
        double perRound = (double)Rounds * TWidth.Count * blocks;
        return new MachinePeaks(
            perRound * MultiplyAddLoop<TWidth, TVector>.OperationsPerLane / Best(() => Run<MultiplyAddLoop<TWidth, TVector>>(blocks)),
            perRound * ExponentialLoop<TWidth, TVector>.PerLane / Best(() => Run<ExponentialLoop<TWidth, TVector>>(blocks)),
            2.0 * CopiedMemory.Bytes / Best(Copy));
    }

    private void Run<TLoop>(int blocks)
        where TLoop : unmanaged, IPeakLoop => _workers.Run(blocks, new PeakBlocks<TLoop>(Rounds));

    private void Copy()
    {
        var copy = new CopyBlocks(_memory.Source, _memory.Target, BlockBytes);
        _workers.Run((int)(CopiedMemory.Bytes / BlockBytes), copy);
    }

    private static double Best(Action work)
    {
        double best = double.MaxValue;
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }

    private readonly struct PeakBlocks<TLoop>(int rounds) : IBlockKernel
        where TLoop : unmanaged, IPeakLoop
    {
        public void Run(int block, int worker) => TLoop.Run(rounds);
    }

    private readonly struct CopyBlocks(byte* source, byte* target, int size) : IBlockKernel
    {
        public void Run(int block, int worker) =>
            Buffer.MemoryCopy(source + ((long)block * size), target + ((long)block * size), size, size);
    }
}
