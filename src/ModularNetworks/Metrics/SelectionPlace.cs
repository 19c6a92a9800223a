using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The decisions for one choice of one layer at one time step, added up.</summary>
/// <param name="modules">M.</param>
internal sealed class SelectionPlace(int modules)
{
    public double EntropySum { get; private set; }

    public double[] ProbabilitySum { get; } = SizedArray.Create<double>(nameof(SelectionStatistics), modules);

    public double[] ModeCount { get; } = SizedArray.Create<double>(nameof(SelectionStatistics), modules);

    public long Count { get; private set; }

    /// <summary>Adds a distribution.</summary>
    /// <param name="probabilities"><c>[modules]</c>.</param>
    /// <param name="mode">The most probable module.</param>
    public void Add(ReadOnlySpan<double> probabilities, int mode)
    {
        for (int module = 0; module < probabilities.Length; module++)
            ProbabilitySum[module] += probabilities[module];
        EntropySum += Entropies.Of(probabilities);
        ModeCount[mode]++;
        Count++;
    }
}
