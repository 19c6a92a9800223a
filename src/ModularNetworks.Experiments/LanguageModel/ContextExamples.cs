namespace ModularNetworks.Experiments;

/// <summary>Chooses the places of a text that are quoted for a context.</summary>
internal static class ContextExamples
{
    /// <summary>The number of words quoted before the one that the module reads.</summary>
    public const int WordsBefore = 4;

    /// <summary>The number of words quoted after it.</summary>
    public const int WordsAfter = 3;

    private const int Most = 4;

    /// <summary>Some of the places, from all over the text.</summary>
    public static IEnumerable<int> Find(IEnumerable<int> places)
    {
        int[] all = [.. places];
        return InspectionSamples.Spread(all.Length, Most).Select(i => all[i]);
    }
}
