using System.Runtime.CompilerServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>A loop that keeps one kind of instruction busy.</summary>
internal interface IPeakLoop
{
    /// <summary>Runs the loop.</summary>
    /// <param name="rounds">The number of times.</param>
    static abstract void Run(int rounds);
}

/// <summary>Multiply-adds that wait for nothing: as many sums at once as two units with a latency of five cycles take.</summary>
internal readonly struct MultiplyAddLoop<TWidth, TVector> : IPeakLoop
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private const int Sums = 10;
    private const int Unrolled = 4;

    /// <summary>Multiplications and additions of a lane in a round.</summary>
    public const int OperationsPerLane = 2 * Sums * Unrolled;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(int rounds)
    {
        TVector factor = TWidth.Broadcast(0.5f), a = factor, b = factor, c = factor, d = factor, e = factor;
        TVector f = factor, g = factor, h = factor, i = factor, j = factor;
        for (int step = 0; step < rounds * Unrolled; step++)
        {
            a = TWidth.MultiplyAdd(a, factor, factor);
            b = TWidth.MultiplyAdd(b, factor, factor);
            c = TWidth.MultiplyAdd(c, factor, factor);
            d = TWidth.MultiplyAdd(d, factor, factor);
            e = TWidth.MultiplyAdd(e, factor, factor);
            f = TWidth.MultiplyAdd(f, factor, factor);
            g = TWidth.MultiplyAdd(g, factor, factor);
            h = TWidth.MultiplyAdd(h, factor, factor);
            i = TWidth.MultiplyAdd(i, factor, factor);
            j = TWidth.MultiplyAdd(j, factor, factor);
        }
        var sum = TWidth.Add(TWidth.Add(TWidth.Add(a, b), TWidth.Add(c, d)), TWidth.Add(TWidth.Add(e, f), TWidth.Add(g, h)));
        PeakSink.Keep(TWidth.Sum(TWidth.Add(sum, TWidth.Add(i, j))));
    }
}

/// <summary>Exponentials as the output softmax makes them, of numbers in the first-level cache.</summary>
internal readonly unsafe struct ExponentialLoop<TWidth, TVector> : IPeakLoop
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private const int Vectors = 16;

    /// <summary>Exponentials of a lane in a round.</summary>
    public const int PerLane = Vectors;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(int rounds)
    {
        float* numbers = stackalloc float[Vectors * TWidth.Count];
        for (int i = 0; i < Vectors * TWidth.Count; i++)
            numbers[i] = -0.01f * i;
        TVector even = TWidth.Zero, odd = TWidth.Zero;
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < Vectors; i += 2)
            {
                float* place = numbers + (i * TWidth.Count);
                even = TWidth.Add(even, TWidth.PowerOfTwo(TWidth.Load(place)));
                odd = TWidth.Add(odd, TWidth.PowerOfTwo(TWidth.Load(place + TWidth.Count)));
            }
        }
        PeakSink.Keep(TWidth.Sum(TWidth.Add(even, odd)));
    }
}

/// <summary>The place for results, so that the compiler cannot leave out the loops that make them.</summary>
internal static class PeakSink
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Keep(float result) => GC.KeepAlive(float.IsNaN(result) ? typeof(PeakSink) : null);
}
