using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Draws the datapoints that are held out to validate with.</summary>
internal static class HeldOut
{
    /// <summary>Divides datapoints at random.</summary>
    /// <param name="count">The number of datapoints.</param>
    /// <param name="share">The share that is held out; at least one datapoint is, unless it is 0.</param>
    /// <param name="key">Decides which.</param>
    /// <returns>The numbers of both parts, each in ascending order.</returns>
    /// <exception cref="ArgumentException">Nothing would be left to train with.</exception>
    public static (int[] Train, int[] Validation) Of(int count, double share, RandomKey key)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        if (share == 0)
            return (order, []);
        int held = Math.Max(1, (int)Math.Round(count * share));
        if (held >= count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Fit: {count} datapoints leave none to train with if a share of {share} is held out. Give more data, or validation data of their own."));
        }
        key.Shuffle(order);
        Array.Sort(order, 0, held);
        Array.Sort(order, held, count - held);
        return (order[held..], order[..held]);
    }
}
