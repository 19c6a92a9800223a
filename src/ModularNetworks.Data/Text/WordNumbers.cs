namespace ModularNetworks.Data;

/// <summary>Numbers words, or other units of texts, in the order of their first appearance.</summary>
internal sealed class WordNumbers
{
    private readonly List<string> _words = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers =
        new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The number of different words.</summary>
    public int Count => _words.Count;

    /// <summary>A word's number; a new one if the word has none.</summary>
    public int Of(ReadOnlySpan<char> word)
    {
        if (!_numbers.TryGetValue(word, out int number))
        {
            number = _words.Count;
            _numbers[word] = number;
            _words.Add(word.ToString());
        }
        return number;
    }

    /// <summary>Orders words by falling count; equally frequent words stand in ordinal order.</summary>
    /// <param name="chosen">The numbers of the vocabulary's words.</param>
    /// <param name="counts">How often each number occurs.</param>
    /// <param name="idOfNumber">The vocabulary's id of each number; -1 for words that are not chosen.</param>
    public Vocabulary ToVocabulary(int[] chosen, IReadOnlyList<int> counts, out int[] idOfNumber)
    {
        Array.Sort(chosen, (left, right) => counts[left] != counts[right]
            ? counts[right].CompareTo(counts[left])
            : string.CompareOrdinal(_words[left], _words[right]));
        idOfNumber = new int[Count];
        Array.Fill(idOfNumber, -1);
        for (int id = 0; id < chosen.Length; id++)
            idOfNumber[chosen[id]] = id;
        return Vocabulary.FromOrderedWords([.. chosen.Select(number => _words[number])]);
    }
}
