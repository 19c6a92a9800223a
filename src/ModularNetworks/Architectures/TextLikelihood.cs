using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Scores texts as one stream each: the state is carried from the start of a text to its end, and every word is scored once.</summary>
/// <param name="model">The model.</param>
/// <param name="tape">Lends the memory.</param>
/// <param name="rule">How the model selects its modules.</param>
public sealed class TextLikelihood(LanguageModel model, Tape tape, SelectionRule rule)
{
    // The state is carried from piece to piece, so that their length does not matter to the result.
    private const int WordsAtOnce = 2000;

    private readonly ForwardPass _pass = new(tape);

    /// <summary>Σ log p(word | words before), in nats.</summary>
    /// <param name="words">The text, <c>[n]</c>.</param>
    /// <param name="wordBefore">The word to read before the first, such as the end of a line.</param>
    public double LogLikelihood(ReadOnlySpan<int> words, int wordBefore)
    {
        int hidden = model.Unit.Hidden;
        var state = Tensor.Allocate(new Shape(1, hidden));
        double logLikelihood = 0;
        for (int start = 0; start < words.Length; start += WordsAtOnce)
        {
            var targets = words.Slice(start, Math.Min(WordsAtOnce, words.Length - start));
            tape.Reset(recording: false);
            _pass.Begin(rule, batchSize: 1);
            var batch = start == 0 ? Piece(targets, wordBefore) : Piece(targets, words[start - 1]) with
            {
                Before = IndexTensor.From(new Shape(1), words.Slice(start - 2, 1)),
            };
            var states = model.States(_pass, batch, state);
            logLikelihood += model.LogLikelihood(_pass, states, batch).ToScalar();
            states.Values[^hidden..].CopyTo(state.Values);
        }
        return logLikelihood;
    }

    /// <summary>A piece of a text as a batch of one.</summary>
    /// <param name="words">The words to score, <c>[n]</c>, at least one.</param>
    /// <param name="wordBefore">The word before the first.</param>
    /// <exception cref="ArgumentException">There is no word.</exception>
    public static TextBatch Piece(ReadOnlySpan<int> words, int wordBefore)
    {
        if (words.IsEmpty)
            throw new ArgumentException("TextLikelihood: a piece of a text has no word; at least one is needed.", nameof(words));
        var inputs = IndexTensor.Allocate(new Shape(words.Length));
        inputs.Values[0] = wordBefore;
        words[..^1].CopyTo(inputs.Values[1..]);
        return new TextBatch(inputs, IndexTensor.From(new Shape(words.Length), words));
    }
}
