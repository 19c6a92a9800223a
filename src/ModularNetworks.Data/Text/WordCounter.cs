namespace ModularNetworks.Data;

/// <summary>Counts words while a text is read, before the order of the vocabulary is known.</summary>
internal sealed class WordCounter
{
    private readonly List<string> _words = [];
    private readonly List<int> _counts = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers =
        new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Counts one more occurrence.</summary>
    /// <returns>The word's number in order of first appearance.</returns>
    public int Add(ReadOnlySpan<char> word)
    {
        if (!_numbers.TryGetValue(word, out int number))
        {
            number = _words.Count;
            _numbers[word] = number;
            _words.Add(word.ToString());
            _counts.Add(0);
        }
        _counts[number]++;
        return number;
    }

    /// <summary>Orders the words by falling count.</summary>
    /// <param name="idOfNumber">The vocabulary's id of each number that <see cref="Add"/> returned.</param>
    public Vocabulary ToVocabulary(out int[] idOfNumber)
    {
        int[] numbers = [.. Enumerable.Range(0, _words.Count)];
        Array.Sort(numbers, (left, right) => _counts[left] != _counts[right]
            ? _counts[right].CompareTo(_counts[left])
            : string.CompareOrdinal(_words[left], _words[right]));
        idOfNumber = new int[numbers.Length];
        for (int id = 0; id < numbers.Length; id++)
            idOfNumber[numbers[id]] = id;
        return Vocabulary.FromOrderedWords([.. numbers.Select(number => _words[number])]);
    }
}
