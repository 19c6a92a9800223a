using System.Text;

namespace ModularNetworks.Data;

/// <summary>
/// Learns the vocabulary of byte-pair encoding (Sennrich, Haddow, Birch 2016) on bytes: again and again, the most frequent pair of
/// neighbouring tokens becomes a new token.
/// </summary>
/// <remarks>
/// Tokens have numbers: 0 to 255 are the bytes, then follow those that were made, in their order. Of pairs that are equally frequent, the
/// one whose first token has the lower number is merged, then the one whose second token has. A pair that occurs once is not merged.
/// </remarks>
internal sealed class BytePairLearner
{
    private readonly (List<int> Tokens, long Count)[] _words;
    private readonly Dictionary<(int Left, int Right), long> _counts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _wordsOf = [];
    private readonly PriorityQueue<(int Left, int Right), (long Count, int Left, int Right)> _queue = new();
    private readonly OrderedDictionary<string, int> _tokens = [];
    private readonly List<(string Left, string Right)> _merges = [];

    private BytePairLearner(IReadOnlyDictionary<string, long> pieces)
    {
        for (int value = 0; value <= byte.MaxValue; value++)
            _tokens.Add(ByteLetters.Of((byte)value).ToString(), value);
        _words = [.. pieces.Select(piece => (Encoding.UTF8.GetBytes(piece.Key).Select(value => (int)value).ToList(), piece.Value))];
        for (int word = 0; word < _words.Length; word++)
            CountPairs(word, sign: 1);
        foreach (var pair in _counts.Keys)
            Enqueue(pair);
    }

    /// <summary>Learns tokens.</summary>
    /// <param name="pieces">How often each piece of a text occurs.</param>
    /// <param name="size">The most tokens, at least 256.</param>
    /// <param name="stage">Is told how many tokens are learned; null if nobody is.</param>
    /// <returns>The tokens in <see cref="ByteLetters"/> with their counts after all merges, and the merges in their order.</returns>
    public static (IReadOnlyList<(string Token, long Count)> Tokens, IReadOnlyList<(string Left, string Right)> Merges) Learn(
        IReadOnlyDictionary<string, long> pieces, int size, DataStage? stage = null)
    {
        var learner = new BytePairLearner(pieces);
        while (learner._tokens.Count < size && learner.MostFrequent() is { } pair)
        {
            learner.Merge(pair);
            stage?.Add(1);
        }
        long[] counts = new long[learner._tokens.Count];
        foreach (var (tokens, count) in learner._words)
            tokens.ForEach(token => counts[token] += count);
        return ([.. learner._tokens.Keys.Zip(counts)], learner._merges);
    }

    private (int Left, int Right)? MostFrequent()
    {
        while (_queue.TryDequeue(out var pair, out var priority))
        {
            // The count of a pair that waits can only have fallen: where it rises, the pair is put into the queue again.
            if (_counts[pair] < -priority.Count)
                Enqueue(pair);
            else
                return pair;
        }
        return null;
    }

    private void Enqueue((int Left, int Right) pair)
    {
        if (_counts[pair] > 1)
            _queue.Enqueue(pair, (-_counts[pair], pair.Left, pair.Right));
    }

    private void Merge((int Left, int Right) pair)
    {
        string left = _tokens.GetAt(pair.Left).Key, right = _tokens.GetAt(pair.Right).Key;
        _merges.Add((left, right));
        // Two merges may make the same token: of a and bc, and of ab and c.
        _tokens.TryAdd(left + right, _tokens.Count);
        int made = _tokens[left + right];
        var newPairs = new HashSet<(int Left, int Right)>();
        foreach (int word in _wordsOf[pair])
        {
            CountPairs(word, sign: -1);
            Join(_words[word].Tokens, pair, made);
            CountPairs(word, sign: 1);
            newPairs.UnionWith(Pairs(_words[word].Tokens).Where(next => next.Left == made || next.Right == made));
        }
        _wordsOf.Remove(pair);
        foreach (var next in newPairs)
            Enqueue(next);
    }

    private static void Join(List<int> tokens, (int Left, int Right) pair, int made)
    {
        for (int i = 0; i + 1 < tokens.Count; i++)
        {
            if ((tokens[i], tokens[i + 1]) != pair)
                continue;
            tokens[i] = made;
            tokens.RemoveAt(i + 1);
        }
    }

    private void CountPairs(int word, int sign)
    {
        var (tokens, count) = _words[word];
        foreach (var pair in Pairs(tokens))
        {
            _counts[pair] = _counts.GetValueOrDefault(pair) + (sign * count);
            if (sign < 0)
                continue;
            if (!_wordsOf.TryGetValue(pair, out var words))
                _wordsOf[pair] = words = [];
            words.Add(word);
        }
    }

    private static IEnumerable<(int Left, int Right)> Pairs(List<int> tokens)
    {
        for (int i = 1; i < tokens.Count; i++)
            yield return (tokens[i - 1], tokens[i]);
    }
}
