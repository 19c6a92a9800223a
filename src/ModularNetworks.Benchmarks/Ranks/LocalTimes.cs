using System.Diagnostics;
using System.Numerics.Tensors;
using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>What a rank does with what others sent, and how long it takes.</summary>
/// <param name="AddedBytesPerSecond">The bytes of gradients to which as many are added in a second.</param>
/// <param name="KeepingSeconds">The time in which the compositions of another rank's windows are stored.</param>
internal sealed record LocalTimes(double AddedBytesPerSecond, double KeepingSeconds)
{
    private const int Times = 101;

    /// <summary>Measures.</summary>
    /// <param name="bytes">The bytes of a gradient.</param>
    public static LocalTimes Measure(int bytes)
    {
        float[] sums = new float[bytes / sizeof(float)], received = new float[sums.Length];
        double adding = Median(() => TensorPrimitives.Add<float>(sums, received, sums));
        int window = RankWork.Sizes.Window;
        var layout = new LanguageModel(RankWork.Sizes, RankWork.Words, new ModeSelection(), RandomKey.FromSeed(1)).Layout;
        var store = new CompositionStore(layout, RankWork.Windows, RandomKey.FromSeed(1));
        int[] theirs = new int[window * RankWork.Windows];
        double keeping = Median(() =>
        {
            for (int n = 0; n < RankWork.Windows; n++)
                store.Store(n, theirs.AsSpan(n * window, window));
        });
        return new LocalTimes(sums.Length * sizeof(float) / adding, keeping);
    }

    private static double Median(Action action)
    {
        var seconds = new double[Times];
        for (int i = 0; i < Times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return Spread.Percentile(seconds, 50);
    }
}
