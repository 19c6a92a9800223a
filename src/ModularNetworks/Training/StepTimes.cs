using System.Diagnostics;

namespace ModularNetworks;

/// <summary>How long training steps took. Never part of a result.</summary>
public sealed class StepTimes
{
    private long _gradientTicks;
    private long _gradientCount;
    private long _eTicks;
    private long _eCount;

    /// <summary>The mean time of a gradient step, in milliseconds; 0 before the first.</summary>
    public double GradientStepMilliseconds => Milliseconds(_gradientTicks, _gradientCount);

    /// <summary>The mean time of an E-step, in milliseconds; 0 if there are none.</summary>
    public double EStepMilliseconds => Milliseconds(_eTicks, _eCount);

    /// <summary>Counts a gradient step.</summary>
    /// <param name="start">When it began, from <see cref="Stopwatch.GetTimestamp"/>.</param>
    internal void CountGradientStep(long start)
    {
        _gradientTicks += Stopwatch.GetTimestamp() - start;
        _gradientCount++;
    }

    /// <summary>Counts an E-step.</summary>
    /// <param name="start">When it began, from <see cref="Stopwatch.GetTimestamp"/>.</param>
    internal void CountEStep(long start)
    {
        _eTicks += Stopwatch.GetTimestamp() - start;
        _eCount++;
    }

    private static double Milliseconds(long ticks, long count) =>
        count == 0 ? 0 : 1000.0 * ticks / Stopwatch.Frequency / count;
}
