using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Measures a language model as it is used after training.</summary>
/// <param name="model">The model.</param>
/// <param name="tape">Lends the memory.</param>
/// <param name="rule">How the trained model selects its modules.</param>
public sealed class LanguageModelEvaluation(LanguageModel model, Tape tape, SelectionRule rule)
{
    private const int WindowsAtOnce = 128;

    private readonly ForwardPass _pass = new(tape);
    private readonly TextLikelihood _stream = new(model, tape, rule);

    /// <summary>
    /// The perplexity of a text read as one stream, the state carried from its start to its end:
    /// exp(-1/n Σ log p(word | words before)). Every word is scored once.
    /// </summary>
    /// <param name="words">The text, <c>[n]</c>.</param>
    /// <param name="wordBefore">The word to read before the first, such as the end of a line.</param>
    public double Perplexity(ReadOnlySpan<int> words, int wordBefore) => Math.Exp(-_stream.LogLikelihood(words, wordBefore) / words.Length);

    /// <summary>The perplexity of a text, read as options say: as one stream, or in windows.</summary>
    /// <param name="words">The text, <c>[n]</c>.</param>
    /// <param name="wordBefore">The word to read before the first, such as the end of a line.</param>
    /// <param name="options">The options.</param>
    internal double PerplexityBy(ReadOnlySpan<int> words, int wordBefore, LanguageModelOptions options) => options.EvaluationState == WindowState.Carried
        ? Perplexity(words, wordBefore)
        : WindowPerplexity(words, wordBefore, options.Window);

    /// <summary>The perplexity of a text, and the bits for each of its characters if their number is known.</summary>
    internal (string Name, double? Value)[] Numbers(ReadOnlySpan<int> words, int wordBefore, LanguageModelOptions options, long? characters)
    {
        double perplexity = PerplexityBy(words, wordBefore, options);
        return
        [
            ("perplexity", perplexity),
            .. characters is { } count ? [("bitsPerCharacter", Math.Log2(perplexity) * ((double)words.Length / count))] : Array.Empty<(string, double?)>(),
        ];
    }

    /// <summary>Measures a text, and, where a controller decides and the text fills a window, its decisions.</summary>
    /// <param name="split">The name of the part of the data.</param>
    /// <param name="words">The text, <c>[n]</c>.</param>
    /// <param name="wordBefore">The word to read before the first, such as the end of a line.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="characters">The number of the text's characters; null if it is not known.</param>
    internal Measurement Measure(string split, ReadOnlyMemory<int> words, int wordBefore, LanguageModelOptions options, long? characters) => new()
    {
        Splits = [new SplitResult(split, Numbers(words.Span, wordBefore, options, characters))],
        Selection = options.IsFixed || words.Length <= options.Window ? null : Metrics(new WindowedText(words, options.Window)),
    };

    /// <summary>Reads a text by itself from a zero state, and predicts what follows each word.</summary>
    /// <param name="words">The text, <c>[n]</c>.</param>
    /// <param name="wordBefore">The word to read before the first.</param>
    internal void PredictAlone(ReadOnlySpan<int> words, int wordBefore) => WindowLogLikelihood(TextLikelihood.Piece(words, wordBefore), batchSize: 1);

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
            logLikelihood += WindowLogLikelihood(TextLikelihood.Piece(text.AsSpan(^rest..), text[^(rest + 1)]), batchSize: 1);
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

    private SelectionMetrics Metrics(WindowedText text)
    {
        var statistics = Selections(text);
        return SelectionMetrics.OfOneLayer(statistics, model.Layout.Layers) with
        {
            TimePooledBatchSelectionEntropy = statistics.TimePooledBatchSelectionEntropy,
        };
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
}
