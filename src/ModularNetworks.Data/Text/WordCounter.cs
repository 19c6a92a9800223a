namespace ModularNetworks.Data;

/// <summary>Counts words while a text is read, before the order of the vocabulary is known.</summary>
internal sealed class WordCounter
{
    private readonly WordNumbers _numbers = new();
    private readonly List<int> _counts = [];

    /// <summary>Counts one more occurrence.</summary>
    /// <returns>The word's number in order of first appearance.</returns>
    public int Add(ReadOnlySpan<char> word)
    {
        int number = _numbers.Of(word);
        if (number == _counts.Count)
            _counts.Add(0);
        _counts[number]++;
        return number;
    }

    /// <summary>Orders the words by falling count.</summary>
    /// <param name="idOfNumber">The vocabulary's id of each number that <see cref="Add"/> returned.</param>
    public Vocabulary ToVocabulary(out int[] idOfNumber) =>
        _numbers.ToVocabulary([.. Enumerable.Range(0, _counts.Count)], _counts, out idOfNumber);
}
