namespace ModularNetworks;

/// <summary>
/// How many times the operations of a modular network a dense network needs for the same loss: its operations at that loss over
/// the modular network's. Above 1 modules pay.
/// </summary>
public static class ComputeMultiplier
{
    /// <summary>Compares a modular network with dense ones of several widths.</summary>
    /// <param name="dense">
    /// Operations for a datapoint and held-out loss of dense networks, such as those of widths 1, 1.5, 2, 4 and 8; at least two,
    /// in any order. Between neighbours the loss is taken as linear in the logarithm of the operations.
    /// </param>
    /// <param name="operations">The modular network's operations for a datapoint.</param>
    /// <param name="loss">The modular network's held-out loss.</param>
    /// <returns>
    /// The multiplier for the smallest dense network that has the loss; null if none between the measured ones has it.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Less than two dense networks are given, two have the same operations, or operations are not above 0.
    /// </exception>
    public static double? Of(IReadOnlyList<(double Operations, double Loss)> dense, double operations, double loss)
    {
        ArgumentNullException.ThrowIfNull(dense);
        (double Operations, double Loss)[] sorted = [.. dense.OrderBy(network => network.Operations)];
        Check(sorted, operations);
        foreach (var (smaller, larger) in sorted.Zip(sorted[1..]))
        {
            bool isBetween = loss >= Math.Min(smaller.Loss, larger.Loss) && loss <= Math.Max(smaller.Loss, larger.Loss);
            if (!isBetween)
                continue;
            double part = smaller.Loss == larger.Loss ? 0 : (smaller.Loss - loss) / (smaller.Loss - larger.Loss);
            return smaller.Operations * Math.Pow(larger.Operations / smaller.Operations, part) / operations;
        }
        return null;
    }

    private static void Check((double Operations, double Loss)[] sorted, double operations)
    {
        if (sorted.Length < 2)
            throw new ArgumentException($"ComputeMultiplier: {sorted.Length} dense networks are given; give at least 2, of different widths.");
        double least = Math.Min(operations, sorted[0].Operations);
        if (!(least > 0))
            throw new ArgumentException($"ComputeMultiplier: a network with {least} operations is given; each must have more than 0.");
        foreach (var (smaller, larger) in sorted.Zip(sorted[1..]))
        {
            if (smaller.Operations == larger.Operations)
                throw new ArgumentException($"ComputeMultiplier: two dense networks have {larger.Operations} operations; give one of each width.");
        }
    }
}
