using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A language model that was fitted.</summary>
/// <param name="Network">The model.</param>
/// <param name="Rule">How it selects its modules.</param>
internal sealed record FittedLanguageModel(LanguageModel Network, SelectionRule Rule)
{
    private readonly ReaderPool<NextWordPredictor> _readers = new(() => new NextWordPredictor(Network));

    /// <summary>Reads a text from its start, and answers.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="answer">Makes the answer, which keeps nothing of the reader.</param>
    public T Read<T>(ReadOnlySpan<int> tokens, Func<NextWordPredictor, T> answer)
    {
        var reader = _readers.Rent();
        try
        {
            reader.Reset();
            foreach (int token in tokens)
                reader.Read(token);
            return answer(reader);
        }
        finally
        {
            reader.Reset();
            _readers.Return(reader);
        }
    }

    /// <summary>Scores each token of a text but the first.</summary>
    /// <param name="tokens">The text, two tokens at least.</param>
    /// <param name="tape">Lends the memory.</param>
    public TextEvaluation Evaluate(ReadOnlySpan<int> tokens, Tape tape) =>
        new(-new TextLikelihood(Network, tape, Rule).LogLikelihood(tokens[1..], tokens[0]) / (tokens.Length - 1));

    /// <summary>The modules that read the last token of a text.</summary>
    /// <param name="tokens">The text, one token at least.</param>
    public Explanation Explain(ReadOnlySpan<int> tokens)
    {
        var recorded = new RecordedSelections();
        var pass = new ForwardPass(OwnTape()) { Observer = recorded };
        pass.Tape.Reset(recording: false);
        pass.Begin(Rule, batchSize: 1);
        var batch = TextLikelihood.Piece([.. tokens[1..], 0], tokens[0]);
        Network.States(pass, batch, Tensor.Allocate(new Shape(1, Network.Unit.Hidden)));
        int picks = Network.Unit.Picks, last = tokens.Length - 1;
        int[] modules = pass.Trace.SelectionOf(0).Modules.Values.Slice(last * picks, picks).ToArray();
        return new Explanation(modules, [.. modules.Select((module, pick) => recorded.Layers == 0 ? 1 : recorded.Probabilities(layer: 0, last, row: 0, pick)[module])]);
    }

    /// <summary>A tape of its own for each call, so that any number of threads may call at once.</summary>
    public static Tape OwnTape() => Tape.OfOwner(SimdKernels.Create(new WorkerPool(threadCount: 1)));
}
