namespace ModularNetworks.Experiments;

/// <summary>A number that was measured in runs of several seeds.</summary>
/// <param name="Mean">The mean over the seeds.</param>
/// <param name="Lowest">The lowest.</param>
/// <param name="Highest">The highest.</param>
public sealed record SeedSpread(double Mean, double Lowest, double Highest)
{
    /// <summary>The spread of some numbers; null if a run has none, such as the entropy of a model that selects nothing.</summary>
    public static SeedSpread? Of(IEnumerable<double?> numbers)
    {
        double?[] all = [.. numbers];
        return all.Length == 0 || all.Contains(null)
            ? null
            : new SeedSpread(all.Average()!.Value, all.Min()!.Value, all.Max()!.Value);
    }
}
