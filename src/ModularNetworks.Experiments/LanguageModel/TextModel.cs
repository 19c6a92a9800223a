using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A trained language model with the way from text to numbers and back: it goes on with any text, and needs no training data.</summary>
/// <remarks>
/// Any number of threads may ask one model at once. A predictor that it starts serves one thread at a time; all share the model's parameters.
/// </remarks>
/// <example>
/// <code>
/// var model = TextModel.Load(RunFolder.Open("runs/own"));
/// foreach (string piece in model.Continue(model.Encoding.Encode("ROMEO:"), temperature: 0.8, RandomKey.FromSeed(1)).Take(300))
///     Console.Write(piece);
/// </code>
/// </example>
public sealed class TextModel
{
    private readonly ReaderPool<NextWordPredictor> _predictors;

    private TextModel(TextEncoding encoding, LanguageModel model)
    {
        (Encoding, Model, _predictors) = (encoding, model, new ReaderPool<NextWordPredictor>(() => new NextWordPredictor(model)));
        // The first is made at once: not every model can be read.
        _predictors.Return(_predictors.Rent());
    }

    /// <summary>The language model.</summary>
    public LanguageModel Model { get; }

    /// <summary>The way from text to numbers and back.</summary>
    public TextEncoding Encoding { get; }

    /// <summary>The unit that selects modules word by word.</summary>
    public LayerLayout Layer => new(Model.Unit.Name, Model.Unit.Modules, Model.Unit.Picks);

    /// <summary>Loads what a run has trained.</summary>
    /// <param name="run">The run's folder; its newest checkpoint is read.</param>
    /// <param name="data">
    /// The text of the training, if it is not where it was then. It is read only for runs of earlier versions, which did not keep the vocabulary.
    /// </param>
    /// <exception cref="RunException">
    /// The run is of another experiment; it selects its modules as a reader cannot; its files are damaged; or it did not keep the vocabulary and
    /// the text is not there or is another one.
    /// </exception>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged.</exception>
    /// <exception cref="DataException">The text is damaged.</exception>
    public static TextModel Load(RunFolder run, string? data = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var encoding = TrainedLanguageModel.ReadEncoding(run, data);
        var model = TrainedLanguageModel.Load(run, encoding.Vocabulary.Count);
        try
        {
            return new TextModel(encoding, model);
        }
        catch (ArgumentException exception)
        {
            throw new RunException($"{run.FullPath}: a text cannot be read {encoding.UnitName} by {encoding.UnitName}: {exception.Message}", exception);
        }
    }

    /// <summary>Begins a text: what comes first is most probable after a line end.</summary>
    /// <returns>A predictor that has read <see cref="TextEncoding.Start"/>.</returns>
    public NextWordPredictor StartText()
    {
        var predictor = new NextWordPredictor(Model);
        predictor.Read(Encoding.Start);
        return predictor;
    }

    /// <summary>Predicts what follows a text.</summary>
    /// <param name="text">The text; it may be empty.</param>
    /// <param name="count">How many words, characters or tokens to tell, at most.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="NonFiniteLossException">The state grows beyond all numbers.</exception>
    public TextPrediction Predict(EncodedText text, int count)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var predictor = Rent();
        try
        {
            foreach (int id in text.Ids)
                predictor.Read(id);
            float[] logProbabilities = predictor.LogProbabilities().ToArray();
            NextWordPredictor.RequireFinite(logProbabilities);
            var next = Enumerable.Range(0, logProbabilities.Length).OrderByDescending(id => logProbabilities[id]).Take(count);
            return new TextPrediction(
                [.. next.Select(id => new NextToken(Encoding.TextOf(id), (float)Math.Exp(logProbabilities[id])))], [.. predictor.Selection.Modules]);
        }
        finally
        {
            Return(predictor);
        }
    }

    /// <summary>Goes on with a text, without an end. The state is carried from its first word on; the memory does not grow.</summary>
    /// <param name="text">The text so far; it may be empty.</param>
    /// <param name="temperature">T of softmax(logits / T), as <see cref="NextWordPredictor.SampleWord"/> takes it.</param>
    /// <param name="key">Decides the draws: the same key gives the same text.</param>
    /// <returns>
    /// The words, characters or tokens that follow, each as the text that it adds: nothing until the bytes of a character are all there.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is out of range.</exception>
    /// <exception cref="NonFiniteLossException">The state grows beyond all numbers.</exception>
    public IEnumerable<string> Continue(EncodedText text, double temperature, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Pieces(text.Ids, temperature, key);
    }

    private IEnumerable<string> Pieces(IReadOnlyList<int> text, double temperature, RandomKey key)
    {
        var predictor = Rent();
        try
        {
            var decoder = Encoding.StartDecoding();
            foreach (int id in text)
            {
                predictor.Read(id);
                decoder.Add(id);
            }
            for (ulong place = 0; ; place++)
            {
                int next = predictor.SampleWord(temperature, key.Split(place));
                yield return decoder.Add(next);
                predictor.Read(next);
            }
        }
        finally
        {
            Return(predictor);
        }
    }

    /// <summary>A predictor that has read the beginning of a text.</summary>
    private NextWordPredictor Rent()
    {
        var predictor = _predictors.Rent();
        predictor.Read(Encoding.Start);
        return predictor;
    }

    private void Return(NextWordPredictor predictor)
    {
        // A new text, which any thread may begin.
        predictor.Reset();
        _predictors.Return(predictor);
    }
}
