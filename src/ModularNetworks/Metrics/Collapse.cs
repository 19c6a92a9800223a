namespace ModularNetworks;

/// <summary>
/// How far a layer's use of its modules is from equal use, from 0 (all M modules are used equally) to 1 (Mittal, Bengio and
/// Lajoie 2022, "Is a Modular Architecture Enough?"). A layer with one module cannot collapse and has 0.
/// </summary>
public static class Collapse
{
    /// <summary>
    /// Collapse-Avg, M / (M − 1) Σ_m max(0, 1/M − p_m): the share of an equal use that the modules together lack. 1 if one
    /// module does all the work.
    /// </summary>
    /// <param name="usage">p, each module's share of all uses, <c>[modules]</c>, adding up to 1.</param>
    /// <exception cref="ArgumentException">There is no module.</exception>
    public static double Average(IReadOnlyList<double> usage)
    {
        double modules = CountOf(usage);
        return modules == 1 ? 0 : modules / (modules - 1) * usage.Sum(share => Math.Max(0, (1 / modules) - share));
    }

    /// <summary>Collapse-Worst, 1 − M min_m p_m: what the least used module lacks. 1 if there is a module without any use.</summary>
    /// <param name="usage">p, each module's share of all uses, <c>[modules]</c>, adding up to 1.</param>
    /// <exception cref="ArgumentException">There is no module.</exception>
    public static double Worst(IReadOnlyList<double> usage) => 1 - (CountOf(usage) * usage.Min());

    private static int CountOf(IReadOnlyList<double> usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return usage.Count > 0
            ? usage.Count
            : throw new ArgumentException("Collapse: the use of 0 modules is given; give the shares of at least 1.");
    }
}
