using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// The words of a training text and their ids: the most frequent word is 0; equally frequent words stand in ordinal order.
/// </summary>
public sealed class Vocabulary
{
    /// <summary>The word that marks the end of a line.</summary>
    public const string EndOfSentence = "<eos>";

    /// <summary>The word that stands for all words that are not in the vocabulary.</summary>
    public const string Unknown = "<unk>";

    private readonly string[] _words;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly int _unknownId;

    private Vocabulary(string[] words)
    {
        _words = words;
        var ids = new Dictionary<string, int>(words.Length, StringComparer.Ordinal);
        for (int id = 0; id < words.Length; id++)
            ids.Add(words[id], id);
        _ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _unknownId = ids.GetValueOrDefault(Unknown, -1);
    }

    /// <summary>The number of different words.</summary>
    public int Count => _words.Length;

    /// <summary>The words in the order of their ids.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The word of an id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is not in 0 to <see cref="Count"/> - 1.</exception>
    public string this[int id] => (uint)id < (uint)_words.Length
        ? _words[id]
        : throw new ArgumentOutOfRangeException(
            nameof(id), $"Vocabulary: the id is {id}; ids of this vocabulary are 0 to {_words.Length - 1}.");

    /// <summary>Builds the vocabulary of a training text.</summary>
    /// <param name="words">All words of the text, repeated as often as they occur.</param>
    public static Vocabulary FromWords(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var counter = new WordCounter();
        foreach (string word in words)
            counter.Add(word);
        return counter.ToVocabulary(out _);
    }

    /// <summary>Whether the vocabulary has this very word; the id of <c>&lt;unk&gt;</c> is not given in its place.</summary>
    public bool Contains(ReadOnlySpan<char> word) => _ids.ContainsKey(word);

    /// <summary>The id of a word, or of <c>&lt;unk&gt;</c> if the vocabulary has that but not the word.</summary>
    /// <exception cref="DataException">The vocabulary has neither the word nor <c>&lt;unk&gt;</c>.</exception>
    public int IdOf(ReadOnlySpan<char> word) => TryGetId(word, out int id)
        ? id
        : throw new DataException(
            $"Vocabulary: '{word}' is not among the {Counted.Of(Count, "word")} or characters of the training text, which has no "
            + $"'{Unknown}' to stand for it. Use one of the training text.");

    /// <summary>Looks up a word as <see cref="IdOf"/> does.</summary>
    /// <returns>False if the vocabulary has neither the word nor <c>&lt;unk&gt;</c>.</returns>
    public bool TryGetId(ReadOnlySpan<char> word, out int id)
    {
        if (!_ids.TryGetValue(word, out id))
            id = _unknownId;
        return id >= 0;
    }

    /// <summary>A vocabulary of words that are already in the order of their ids.</summary>
    /// <exception cref="DataException">A word stands twice, or there is none.</exception>
    public static Vocabulary FromOrderedWords(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        string[] ordered = [.. words];
        if (ordered.Length == 0)
            throw new DataException("Vocabulary: it has no words; at least one is needed.");
        return ordered.GroupBy(word => word, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is not { } twice
            ? new Vocabulary(ordered)
            : throw new DataException($"Vocabulary: '{ShownText.Of(twice.Key)}' stands twice; every word has one id.");
    }
}
