using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The windows of a text as datapoints.</summary>
/// <param name="text">The text, cut into windows.</param>
public sealed class TextTrainingSet(WindowedText text) : ITrainingSet<TextBatch>
{
    private TextBatch? _batch;

    /// <inheritdoc/>
    public int Count => text.Count;

    /// <inheritdoc/>
    public TextBatch Load(ReadOnlySpan<int> datapoints)
    {
        var shape = new Shape(text.Length * datapoints.Length);
        if (_batch is null || _batch.Inputs.Shape != shape)
            _batch = new TextBatch(IndexTensor.Allocate(shape), IndexTensor.Allocate(shape));
        text.CopyTo(datapoints, _batch.Inputs.Values, _batch.Targets.Values);
        return _batch;
    }
}
