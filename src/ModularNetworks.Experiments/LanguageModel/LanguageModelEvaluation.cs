using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Measures a language model with the controller's most probable modules.</summary>
/// <param name="model">The model.</param>
/// <param name="tape">Lends the memory.</param>
/// <param name="isFixed">Whether the model is the baseline, which selects nothing.</param>
public sealed class LanguageModelEvaluation(LanguageModel model, Tape tape, bool isFixed)
{
    // The state is carried from piece to piece, so that their length does not matter to the result.
    private const int WordsAtOnce = 2000;
    private const int WindowsAtOnce = 128;

    private readonly ModularPass _pass = new(tape);

    /// <summary>
    /// The perplexity of a text read as one stream, the state carried from its start to its end:
    /// exp(-1/n Σ log p(word | words before)). Every word but the first is scored once.
    /// </summary>
    /// <param name="words">The text, <c>[n + 1]</c>.</param>
    public double Perplexity(ReadOnlySpan<int> words)
    {
        var state = Tensor.Allocate(new Shape(1, model.Unit.Hidden), tape.Precision);
        double logLikelihood = 0;
        for (int start = 0; start < words.Length - 1; start += WordsAtOnce)
        {
            int length = Math.Min(WordsAtOnce, words.Length - 1 - start);
            tape.Reset(recording: false);
            Begin(batchSize: 1);
            var batch = new TextBatch(
                IndexTensor.From(new Shape(length), words.Slice(start, length)),
                IndexTensor.From(new Shape(length), words.Slice(start + 1, length)));
            logLikelihood += model.LogLikelihood(_pass, batch, state, out var states).ToScalar();
            states.Values[^model.Unit.Hidden..].CopyTo(state.Values);
        }
        return Math.Exp(-logLikelihood / (words.Length - 1));
    }

    /// <summary>What the controller decides over the windows of a text, each from a zero state.</summary>
    public SelectionStatistics Selections(WindowedText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var statistics = new SelectionStatistics();
        var windows = new TextTrainingSet(text);
        _pass.Statistics = statistics;
        for (int start = 0; start < text.Count; start += WindowsAtOnce)
        {
            int[] batch = [.. Enumerable.Range(start, Math.Min(WindowsAtOnce, text.Count - start))];
            tape.Reset(recording: false);
            Begin(batch.Length);
            model.LogLikelihood(_pass, windows.Load(batch));
        }
        _pass.Statistics = null;
        return statistics;
    }

    private void Begin(int batchSize)
    {
        if (isFixed)
            _pass.BeginFixed(batchSize);
        else
            _pass.BeginMode(batchSize);
    }
}
