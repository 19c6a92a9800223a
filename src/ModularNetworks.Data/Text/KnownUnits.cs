namespace ModularNetworks.Data;

/// <summary>The characters or words of a training text that get a place in the vocabulary; all others are <c>&lt;unk&gt;</c>.</summary>
internal static class KnownUnits
{
    /// <summary>Makes the vocabulary.</summary>
    /// <param name="text">The text; the held-out parts show only whether <c>&lt;unk&gt;</c> is needed.</param>
    /// <param name="minimumCount">
    /// How often a unit must occur in the training text; 0 for 1 if it has <c>&lt;unk&gt;</c> itself, else 2. Line ends are kept anyway.
    /// </param>
    /// <param name="most">The most units of the vocabulary; 0 for no limit.</param>
    public static Vocabulary Choose(TextSource text, int minimumCount, int most)
    {
        var units = new UnitCounts();
        text.Read(TextPart.Train, "the vocabulary is made", units.Add);
        var known = Frequent(units.Counts, minimumCount, most > 0 ? most : int.MaxValue);
        long unknown = units.Counts.Values.Sum() - known.Values.Sum();
        if (unknown > 0 || HasOthers(text, TextPart.Valid, known) || HasOthers(text, TextPart.Test, known))
            known.Add(Vocabulary.Unknown, unknown);
        return Vocabulary.FromOrderedWords(ByCount(known).Select(unit => unit.Key));
    }

    /// <summary>The units without <c>&lt;unk&gt;</c> that are frequent enough, with their counts.</summary>
    private static Dictionary<string, long> Frequent(IReadOnlyDictionary<string, long> counts, int minimumCount, int most)
    {
        int least = minimumCount > 0 ? minimumCount : counts.ContainsKey(Vocabulary.Unknown) ? 1 : 2;
        return ByCount(counts.Where(unit => unit.Key != Vocabulary.Unknown && (unit.Value >= least || unit.Key == Vocabulary.EndOfSentence)))
            .OrderByDescending(unit => unit.Key == Vocabulary.EndOfSentence)
            .Take(most - 1) // <unk> needs a place.
            .ToDictionary(StringComparer.Ordinal);
    }

    private static bool HasOthers(TextSource text, TextPart part, Dictionary<string, long> known)
    {
        var lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        bool hasOthers = false;
        text.Read(part, "the vocabulary is made", unit => hasOthers = hasOthers || !lookup.ContainsKey(unit));
        return hasOthers;
    }

    private static IOrderedEnumerable<KeyValuePair<string, long>> ByCount(IEnumerable<KeyValuePair<string, long>> units) =>
        units.OrderByDescending(unit => unit.Value).ThenBy(unit => unit.Key, StringComparer.Ordinal);
}
