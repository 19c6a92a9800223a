using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// A text as streams of equal length that are read side by side, window after window, with the state carried on. Datapoint
/// <c>position * streams + s</c> is a window of stream s; a mini-batch holds one position of all streams. What does not
/// fill a stream, or its last window, is left out.
/// </summary>
public sealed class TextStreams : ITrainingSet<TextBatch>
{
    private readonly WindowedText[] _streams;
    private readonly TextBatch _batch;
    private readonly TextBatch _ofStream;

    /// <summary>Cuts a text.</summary>
    /// <param name="words">The ids of words, characters or tokens; windows are read from them when they are asked for.</param>
    /// <param name="window">The number of ids in a window.</param>
    /// <param name="streams">The number of streams: the size of a mini-batch.</param>
    /// <param name="hidden">The size of a state.</param>
    /// <param name="unit">The name of what an id stands for, for messages.</param>
    /// <exception cref="DataException">A stream does not fill one window.</exception>
    public TextStreams(TextIds words, int window, int streams, int hidden, string unit = "word")
    {
        ArgumentNullException.ThrowIfNull(words);
        long length = (words.Length - 1) / streams;
        if (length < window)
        {
            throw new DataException(
                $"Streams: {streams} streams of a text of {words.Length} {unit}s have {length} {unit}s each; a window needs {window}. "
                + "Use a longer text, shorter windows or fewer streams.");
        }
        // The word after a stream's last is the next stream's first.
        _streams = [.. Enumerable.Range(0, streams).Select(s => new WindowedText(words, s * length, length + 1, window))];
        var shape = new Shape(window * streams);
        _batch = new TextBatch(IndexTensor.Allocate(shape), IndexTensor.Allocate(shape))
        {
            Carried = Tensor.Allocate(new Shape(streams, hidden)),
            Before = IndexTensor.Allocate(new Shape(streams)),
        };
        _ofStream = new TextBatch(IndexTensor.Allocate(new Shape(window)), IndexTensor.Allocate(new Shape(window)));
    }

    /// <inheritdoc/>
    public int Count => _streams.Length * _streams[0].Count;

    /// <inheritdoc/>
    public bool IsOrdered => true;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Tensor Tensor)> State => [("streams.states", _batch.Carried!)];

    /// <inheritdoc/>
    public TextBatch Load(ReadOnlySpan<int> datapoints)
    {
        int position = datapoints[0] / _streams.Length;
        for (int s = 0; s < _streams.Length; s++)
        {
            if (datapoints.Length != _streams.Length || datapoints[s] != (position * _streams.Length) + s)
                throw new ArgumentException("TextStreams: a mini-batch must hold one position of all streams, in their order.");
            _batch.Before!.Values[s] = position == 0 ? 0 : LastWord(s, position - 1);
            CopyWindow(s, position);
        }
        if (position == 0)
            _batch.Carried!.Values.Clear();
        return _batch;
    }

    private int LastWord(int stream, int position)
    {
        _streams[stream].CopyTo([position], _ofStream.Inputs.Values, _ofStream.Targets.Values);
        return _ofStream.Inputs.Values[^1];
    }

    private void CopyWindow(int stream, int position)
    {
        _streams[stream].CopyTo([position], _ofStream.Inputs.Values, _ofStream.Targets.Values);
        for (int step = 0; step < _streams[stream].Length; step++)
        {
            _batch.Inputs.Values[(step * _streams.Length) + stream] = _ofStream.Inputs.Values[step];
            _batch.Targets.Values[(step * _streams.Length) + stream] = _ofStream.Targets.Values[step];
        }
    }
}
