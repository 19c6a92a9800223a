using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The tokens of a text in windows that follow each other, as datapoints of a <see cref="LanguageModel"/>. What does not fill a window is left out.
/// </summary>
public sealed class TokenWindows : ITrainingSet<TextBatch>
{
    private readonly ReadOnlyMemory<int> _tokens;
    private readonly int _length;
    private TextBatch? _batch;

    /// <summary>Cuts a text.</summary>
    /// <param name="tokens">The numbers of the tokens; kept, not copied.</param>
    /// <param name="length">The number of tokens in a window.</param>
    /// <exception cref="ArgumentException">The text does not fill one window, with the token after it.</exception>
    public TokenWindows(ReadOnlyMemory<int> tokens, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (tokens.Length <= length)
            throw new ArgumentException($"TokenWindows: the text has {Counted.Of(tokens.Length, "token")}; a window of {length} and the token after it need {length + 1}. Give a longer text, or shorter windows.");
        (_tokens, _length) = (tokens, length);
        Count = (tokens.Length - 1) / length;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">There is no such window, or the windows are more than tensors can hold.</exception>
    public TextBatch Load(ReadOnlySpan<int> datapoints)
    {
        IndexRange.Require(nameof(TokenWindows), "window", datapoints, Count);
        var shape = new Shape(Sizes.Product(nameof(TokenWindows), _length, datapoints.Length));
        if (_batch is null || _batch.Inputs.Shape != shape)
            _batch = new TextBatch(IndexTensor.Allocate(shape), IndexTensor.Allocate(shape));
        for (int row = 0; row < datapoints.Length; row++)
        {
            var window = _tokens.Span.Slice(datapoints[row] * _length, _length + 1);
            for (int step = 0; step < _length; step++)
            {
                int place = (step * datapoints.Length) + row; // time-major
                (_batch.Inputs.Values[place], _batch.Targets.Values[place]) = (window[step], window[step + 1]);
            }
        }
        return _batch;
    }
}
