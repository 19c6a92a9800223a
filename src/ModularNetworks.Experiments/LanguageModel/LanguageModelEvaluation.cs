using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Measures a language model as it is used after training.</summary>
/// <param name="model">The model.</param>
/// <param name="tape">Lends the memory.</param>
/// <param name="rule">How the trained model selects its modules.</param>
public sealed class LanguageModelEvaluation(LanguageModel model, Tape tape, SelectionRule rule)
{
    // The state is carried from piece to piece, so that their length does not matter to the result.
    private const int WordsAtOnce = 2000;
    private const int WindowsAtOnce = 128;

    private readonly ForwardPass _pass = new(tape);

    /// <summary>
    /// The perplexity of a text read as one stream, the state carried from its start to its end:
    /// exp(-1/n Σ log p(word | words before)). Every word is scored once.
    /// </summary>
    /// <param name="words">The text, <c>[n]</c>.</param>
    /// <param name="wordBefore">The word to read before the first, such as the end of a line.</param>
    /// <param name="streams">
    /// The number of consecutive parts, equally long, that are read side by side, which takes less time; each begins with a zero state. What
    /// is left over at the end goes on with the last part's state.
    /// </param>
    public double Perplexity(ReadOnlySpan<int> words, int wordBefore, int streams = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(streams, 1);
        int[] text = [wordBefore, .. words];
        int length = words.Length / streams, end = length * streams;
        var states = Tensor.Allocate(new Shape(streams, model.Unit.Hidden));
        double logLikelihood = StreamLogLikelihood(text.AsSpan(..(end + 1)), states);
        if (end < words.Length)
        {
            var last = Tensor.From(new Shape(1, model.Unit.Hidden), states.Values[^model.Unit.Hidden..]);
            logLikelihood += StreamLogLikelihood(text.AsSpan(end..), last);
        }
        return Math.Exp(-logLikelihood / words.Length);
    }

    /// <summary>Reads a text that falls into equal streams, and leaves the states after their last words.</summary>
    /// <param name="text">The word before, then the text.</param>
    /// <param name="states">The states to begin with, <c>[streams, hidden]</c>.</param>
    private double StreamLogLikelihood(ReadOnlySpan<int> text, Tensor states)
    {
        int streams = states.Shape[0], length = (text.Length - 1) / streams, most = Math.Max(1, WordsAtOnce / streams);
        double logLikelihood = 0;
        for (int start = 0; start < length; start += most)
        {
            tape.Reset(recording: false);
            _pass.Begin(rule, streams);
            var batch = Streams(text, start, Math.Min(most, length - start), streams);
            var after = model.States(_pass, batch, states);
            foreach (float ofStream in model.LogLikelihood(_pass, after, batch).Values)
                logLikelihood += ofStream;
            after.Values[^states.Values.Length..].CopyTo(states.Values);
        }
        return logLikelihood;
    }

    /// <summary>
    /// The perplexity of a text cut into windows, each read from a zero state. Every word is scored once; the last window
    /// may be shorter.
    /// </summary>
    /// <param name="words">The text, <c>[n]</c>.</param>
    /// <param name="wordBefore">The word to read before the first, such as the end of a line.</param>
    /// <param name="length">The number of words in a window.</param>
    public double WindowPerplexity(ReadOnlySpan<int> words, int wordBefore, int length)
    {
        int[] text = [wordBefore, .. words];
        int rest = words.Length % length;
        double logLikelihood = 0;
        if (words.Length >= length)
        {
            var windows = new WindowedText(text, length);
            var data = new TextTrainingSet(windows);
            foreach (int[] batch in Batches(windows))
                logLikelihood += WindowLogLikelihood(data.Load(batch), batch.Length);
        }
        if (rest > 0)
            logLikelihood += WindowLogLikelihood(Streams(text.AsSpan(^(rest + 1)..), start: 0, rest, streams: 1), batchSize: 1);
        return Math.Exp(-logLikelihood / words.Length);
    }

    private static IEnumerable<int[]> Batches(WindowedText text) => Enumerable.Range(0, text.Count).Chunk(WindowsAtOnce);

    private double WindowLogLikelihood(TextBatch batch, int batchSize)
    {
        tape.Reset(recording: false);
        _pass.Begin(rule, batchSize);
        return tape.Sum(model.LogLikelihood(_pass, batch)).ToScalar();
    }

    /// <summary>The controller's decisions over the windows of a text, each read from a zero state.</summary>
    public SelectionStatistics Selections(WindowedText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var statistics = new SelectionStatistics();
        foreach (int[] windows in Batches(text))
            Read(text, windows, statistics);
        return statistics;
    }

    /// <summary>Reads the windows of a text, each from a zero state, and keeps every selection.</summary>
    /// <param name="text">The text.</param>
    /// <param name="statistics">Collects the controller's decisions.</param>
    /// <param name="take">Takes the selections of a batch of windows, with the windows' numbers.</param>
    internal void Read(WindowedText text, SelectionStatistics statistics, Action<RecordedSelections, int[]> take)
    {
        foreach (int[] windows in Batches(text))
        {
            var selections = new RecordedSelections();
            Read(text, windows, new Observers(statistics, selections));
            take(selections, windows);
        }
    }

    private void Read(WindowedText text, int[] windows, ISelectionObserver observer)
    {
        tape.Reset(recording: false);
        _pass.Begin(rule, windows.Length);
        _pass.Observer = observer;
        model.States(
            _pass, new TextTrainingSet(text).Load(windows), Tensor.Allocate(new Shape(windows.Length, model.Unit.Hidden)));
        _pass.Observer = null;
    }

    /// <summary>A piece of each stream, time-major.</summary>
    private static TextBatch Streams(ReadOnlySpan<int> text, int start, int steps, int streams)
    {
        int length = (text.Length - 1) / streams;
        var shape = new Shape(steps * streams);
        var batch = new TextBatch(IndexTensor.Allocate(shape), IndexTensor.Allocate(shape));
        for (int row = 0; row < steps * streams; row++)
        {
            int place = (row % streams * length) + start + (row / streams);
            (batch.Inputs.Values[row], batch.Targets.Values[row]) = (text[place], text[place + 1]);
        }
        return batch;
    }
}
