using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The keys that words have: their numbers, or one for each pair of a word and the word before it, which is the number of the word
/// before times the number of words plus that of the word.
/// </summary>
/// <param name="words">The number of different words.</param>
/// <param name="isBigram">Whether keys are those of pairs.</param>
internal sealed class WordKeys(int words, bool isBigram)
{
    // Stands for a word before of which nothing is known.
    private const int FirstWord = 0;

    /// <summary>The number of keys.</summary>
    public int Count { get; } = isBigram ? Sizes.Product("LanguageModel", words, words) : words;

    /// <summary>The key of a word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="before">The word before it; null if nothing is known of it.</param>
    public int Of(int word, int? before) => isBigram ? ((before ?? FirstWord) * words) + word : word;

    /// <summary>The keys of all words of windows, <c>[steps * batch]</c>.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="batch">The windows.</param>
    /// <param name="batchSize">The number of windows.</param>
    public IndexTensor Of(Tape tape, TextBatch batch, int batchSize) =>
        isBigram ? Of(tape, batch, batchSize, 0, batch.Inputs.Shape.Count) : batch.Inputs;

    /// <summary>The keys of one time step, <c>[batch]</c>.</summary>
    /// <param name="rows">The rows of the run.</param>
    /// <param name="batch">The windows.</param>
    /// <param name="step">The time step, from 0.</param>
    public IndexTensor OfStep(BatchRows rows, TextBatch batch, int step)
    {
        var inputs = rows.OfStep(batch.Inputs, step);
        return isBigram ? Of(rows.Tape, batch, rows.BatchSize, step * rows.BatchSize, rows.BatchSize) : inputs;
    }

    private IndexTensor Of(Tape tape, TextBatch batch, int batchSize, int first, int count)
    {
        var keys = tape.RentIndices(new Shape(count));
        var inputs = batch.Inputs.Values;
        for (int i = 0; i < count; i++)
        {
            int place = first + i;
            int? before = place < batchSize ? batch.Before?.Values[place] : inputs[place - batchSize];
            keys.Values[i] = Of(inputs[place], before);
        }
        return keys;
    }
}
