using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving;

/// <summary>The language model of a run, which reads texts as its training data were read.</summary>
internal sealed class ServedTextRun(string name, TextModel model) : ServedText(name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<LayerLayout> Layers => [model.Layer];

    /// <inheritdoc/>
    public override string Beginning => "the beginning of a line";

    /// <inheritdoc/>
    protected override string Unit => model.Encoding.UnitName;

    /// <inheritdoc/>
    protected override int Vocabulary => model.Encoding.Vocabulary.Count;

    /// <inheritdoc/>
    protected override EncodedText Encode(string text, string place)
    {
        try
        {
            return model.Encoding.Encode(text);
        }
        catch (DataException problem)
        {
            throw RequestException.Bad($"{place}: {problem.Message}");
        }
    }

    /// <inheritdoc/>
    protected override TextPrediction Predict(EncodedText text, int top) => model.Predict(text, top);

    /// <inheritdoc/>
    protected override IEnumerable<string> Continue(EncodedText text, double temperature, RandomKey key) => model.Continue(text, temperature, key);
}
