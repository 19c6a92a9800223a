namespace ModularNetworks;

/// <summary>Entropies of distributions.</summary>
internal static class Entropies
{
    /// <summary>−Σ p ln p, in nats.</summary>
    /// <param name="weights">The probabilities times any number.</param>
    public static double Of(ReadOnlySpan<double> weights)
    {
        double total = 0, entropy = 0;
        foreach (double weight in weights)
            total += weight;
        foreach (double weight in weights)
        {
            double probability = weight / total;
            if (probability > 0)
                entropy -= probability * Math.Log(probability);
        }
        return entropy;
    }
}
