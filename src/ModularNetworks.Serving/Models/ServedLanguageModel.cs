using System.Globalization;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving;

/// <summary>
/// A <see cref="ModularLanguageModel"/> that was saved: it reads characters, or numbers of tokens with spaces between them if its tokens stand for no
/// characters. It knows no beginning of a text, so that none may be empty.
/// </summary>
internal sealed class ServedLanguageModel : ServedText
{
    private readonly CharacterVocabulary? _characters;
    private readonly ReaderPool<NextWordPredictor> _readers;

    /// <summary>Serves a model.</summary>
    public ServedLanguageModel(string name, ModularLanguageModel model)
        : base(name)
    {
        var network = model.Network;
        (_characters, Vocabulary) = (model.Characters, model.Vocabulary);
        _readers = new ReaderPool<NextWordPredictor>(() => new NextWordPredictor(network));
        Layers = network.Unit.Chooser is FixedChoice ? [] : [new LayerLayout(network.Unit.Name, network.Unit.Modules, network.Unit.Picks)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<LayerLayout> Layers { get; }

    /// <inheritdoc/>
    public override string? Beginning => null;

    /// <inheritdoc/>
    protected override string Unit => _characters is null ? "number" : "character";

    /// <inheritdoc/>
    protected override int Vocabulary { get; }

    /// <inheritdoc/>
    protected override EncodedText Encode(string text, string place)
    {
        int[] tokens = _characters is null ? Numbers(text, place) : Characters(text, place);
        return tokens.Length > 0 ? new EncodedText(tokens, []) : throw RequestException.Bad($"{place} is empty; a {Unit} is expected at least.");
    }

    /// <inheritdoc/>
    protected override TextPrediction Predict(EncodedText text, int top)
    {
        var reader = Begin(text);
        try
        {
            float[] logProbabilities = reader.LogProbabilities().ToArray();
            NextWordPredictor.RequireFinite(logProbabilities);
            var next = Enumerable.Range(0, Vocabulary).OrderByDescending(token => logProbabilities[token]).Take(top);
            return new TextPrediction(
                [.. next.Select(token => new NextToken(TextOf(token), MathF.Exp(logProbabilities[token])))], [.. reader.Selection.Modules]);
        }
        finally
        {
            End(reader);
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Continue(EncodedText text, double temperature, RandomKey key)
    {
        var reader = Begin(text);
        try
        {
            for (ulong place = 0; ; place++)
            {
                int next = reader.SampleWord(temperature, key.Split(place));
                yield return _characters is null ? $" {TextOf(next)}" : TextOf(next);
                reader.Read(next);
            }
        }
        finally
        {
            End(reader);
        }
    }

    private string TextOf(int token) => _characters?.Decode([token]) ?? token.ToString(CultureInfo.InvariantCulture);

    private int[] Characters(string text, string place)
    {
        try
        {
            return _characters!.Encode(text);
        }
        catch (ArgumentException problem)
        {
            throw RequestException.Bad($"{place}: {problem.Message.Split(" (Parameter")[0]}");
        }
    }

    private int[] Numbers(string text, string place) =>
    [
        .. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(
            word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int token) && token < Vocabulary
                ? token
                : throw RequestException.Bad($"{place}: '{RequestProperties.Quoted(word)}' is no token; numbers from 0 to {Vocabulary - 1} are expected, with spaces between them.")),
    ];

    private NextWordPredictor Begin(EncodedText text)
    {
        var reader = _readers.Rent();
        foreach (int token in text.Ids)
            reader.Read(token);
        return reader;
    }

    private void End(NextWordPredictor reader)
    {
        reader.Reset();
        _readers.Return(reader);
    }
}
