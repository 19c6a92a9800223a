namespace ModularNetworks.Experiments;

/// <summary>Chooses the places of a text that are quoted for a context.</summary>
internal static class ContextExamples
{
    private const int Most = 4;

    /// <summary>Some of the places, from all over the text.</summary>
    public static IEnumerable<int> Find(IEnumerable<int> places)
    {
        int[] all = [.. places];
        return InspectionSamples.Spread(all.Length, Most).Select(i => all[i]);
    }
}
