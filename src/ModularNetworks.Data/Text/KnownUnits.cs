namespace ModularNetworks.Data;

/// <summary>The units of a training text that get a place in the vocabulary; all others are <c>&lt;unk&gt;</c>.</summary>
internal sealed class KnownUnits
{
    private readonly int[] _idOfNumber;
    private readonly int _unknown;

    private KnownUnits(Vocabulary vocabulary, int[] idOfNumber, int unknown) =>
        (Vocabulary, _idOfNumber, _unknown) = (vocabulary, idOfNumber, unknown);

    /// <summary>The vocabulary.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Chooses the units.</summary>
    /// <param name="numbers">The units of all texts.</param>
    /// <param name="train">The training text, in numbers.</param>
    /// <param name="heldOut">The other texts, in numbers.</param>
    /// <param name="minimumCount">
    /// How often a unit must occur in the training text; 0 for 1 if it has <c>&lt;unk&gt;</c> itself, else 2. Line ends are kept anyway.
    /// </param>
    public static KnownUnits Choose(WordNumbers numbers, int[] train, IEnumerable<int[]> heldOut, int minimumCount)
    {
        int unknown = numbers.Of(Vocabulary.Unknown), lineEnd = numbers.Of(Vocabulary.EndOfSentence);
        int[] counts = new int[numbers.Count];
        foreach (int number in train)
            counts[number]++;
        int least = minimumCount > 0 ? minimumCount : counts[unknown] > 0 ? 1 : 2;
        for (int number = 0; number < counts.Length; number++)
        {
            if (counts[number] >= least || number == unknown || number == lineEnd)
                continue;
            counts[unknown] += counts[number];
            counts[number] = 0;
        }
        bool hasUnknown = counts[unknown] > 0 || heldOut.Any(text => text.Any(number => counts[number] == 0));
        int[] chosen = [.. Enumerable.Range(0, counts.Length).Where(number => counts[number] > 0 || (number == unknown && hasUnknown))];
        var vocabulary = numbers.ToVocabulary(chosen, counts, out int[] idOfNumber);
        return new KnownUnits(vocabulary, idOfNumber, unknown);
    }

    /// <summary>A text as ids of the vocabulary.</summary>
    /// <param name="text">The text, in numbers.</param>
    public int[] Ids(int[] text) => [.. text.Select(number => _idOfNumber[_idOfNumber[number] >= 0 ? number : _unknown])];
}
