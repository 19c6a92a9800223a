namespace ModularNetworks;

/// <summary>The step size over a training: it halves again and again, if asked for, and falls to zero in a straight line at the end.</summary>
/// <param name="Rate">The step size of the first step.</param>
/// <param name="HalfLife">The number of gradient steps in which it halves; 0 if it does not.</param>
/// <param name="Cooldown">The share of the gradient steps, the last ones, over which it falls to zero; 0 if it does not.</param>
public sealed record LearningRateSchedule(double Rate, double HalfLife = 0, double Cooldown = 0)
{
    /// <summary>The step size of the gradient step after some others.</summary>
    /// <param name="steps">The number of gradient steps taken before.</param>
    /// <param name="total">The number of gradient steps to take in all.</param>
    public double After(long steps, long total)
    {
        double rate = HalfLife > 0 ? Rate * Math.Pow(0.5, steps / HalfLife) : Rate;
        double left = 1 - ((double)steps / total);
        return left < Cooldown ? rate * left / Cooldown : rate;
    }
}
