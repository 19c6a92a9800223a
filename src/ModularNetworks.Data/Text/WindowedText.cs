using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// A text cut into consecutive windows of equal length that do not overlap. The target of each word is the next one, so
/// the last word of a text is a target only; what does not fill a window is left out.
/// </summary>
public sealed class WindowedText
{
    // Longer windows are copied by way of the heap.
    private const int LongestOnStack = 1024;

    private readonly TextIds _words;
    private readonly long _first;

    /// <summary>Cuts a text into windows.</summary>
    /// <param name="words">The word ids, <c>[words]</c>; kept, not copied.</param>
    /// <param name="length">The number of words in a window.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    /// <exception cref="DataException">The text does not fill one window.</exception>
    public WindowedText(ReadOnlyMemory<int> words, int length)
        : this(TextIds.Of(words), 0, words.Length, length)
    {
    }

    /// <summary>Cuts a piece of a text into windows.</summary>
    /// <param name="words">The word ids; windows are read from them when they are asked for.</param>
    /// <param name="first">The place of the piece's first word.</param>
    /// <param name="count">The number of its words.</param>
    /// <param name="length">The number of words in a window.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1, or there is no such piece.</exception>
    /// <exception cref="DataException">The piece does not fill one window, or more windows than can be numbered.</exception>
    public WindowedText(TextIds words, long first, long count, int length)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, words.Length - first);
        if (count <= length || (count - 1) / length > int.MaxValue)
        {
            throw new DataException(
                $"Windows: the text has {Counted.Of(count, "word")}; a window of {length} and the word after it need "
                + $"{length + 1L}, and {int.MaxValue} windows are the most. Use a {(count <= length ? "longer text or shorter windows" : "shorter text or longer windows")}.");
        }
        (_words, _first) = (words, first);
        Length = length;
        Count = (int)((count - 1) / length);
    }

    /// <summary>The number of words in a window.</summary>
    public int Length { get; }

    /// <summary>The number of windows.</summary>
    public int Count { get; }

    /// <summary>
    /// Copies windows time-major: the word at <c>step</c> of the window at place <c>b</c> of the batch goes to
    /// <c>step * batch + b</c>.
    /// </summary>
    /// <param name="windows">The windows' numbers, <c>[batch]</c>, each in 0 to <see cref="Count"/> - 1.</param>
    /// <param name="inputs">Receives the words, <c>[length, batch]</c>.</param>
    /// <param name="targets">Receives the words after them, <c>[length, batch]</c>.</param>
    /// <exception cref="ArgumentException">A span has the wrong size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no window of a number.</exception>
    public void CopyTo(ReadOnlySpan<int> windows, Span<int> inputs, Span<int> targets)
    {
        int batch = windows.Length;
        if (inputs.Length != (long)Length * batch || targets.Length != inputs.Length)
        {
            throw new ArgumentException(
                $"WindowedText.CopyTo: {Counted.Of(batch, "window")} of {Length} words need {Counted.Of((long)Length * batch, "input")} and as many "
                + $"targets; the spans hold {inputs.Length} and {targets.Length}.");
        }
        Span<int> source = Length <= LongestOnStack ? stackalloc int[Length + 1] : new int[Length + 1];
        for (int b = 0; b < batch; b++)
        {
            int window = windows[b];
            if ((uint)window >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(windows), $"WindowedText.CopyTo: window {window}; windows of this text are 0 to {Count - 1}.");
            }
            _words.CopyTo(_first + ((long)window * Length), source);
            for (int step = 0; step < Length; step++)
            {
                inputs[(step * batch) + b] = source[step];
                targets[(step * batch) + b] = source[step + 1];
            }
        }
    }
}
