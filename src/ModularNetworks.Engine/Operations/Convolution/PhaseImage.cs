using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>
/// An image with its padding, whose columns are sorted by their remainder modulo the stride ("phase"), so that what
/// neighbouring positions of the window read lies side by side: <c>[channels, padded height, phases, columns of a phase]</c>.
/// </summary>
internal readonly unsafe struct PhaseImage<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private readonly ImageShape _image;
    private readonly int _before;
    private readonly int _stride;
    private readonly int _height;
    private readonly int _phaseWidth;

    public PhaseImage(in ImagePatches patches)
    {
        var window = patches.Window;
        _image = patches.Image;
        _before = window.PaddingBefore;
        _stride = window.Stride;
        _height = ((patches.Rows - 1) * window.Stride) + window.Size;
        _phaseWidth = patches.Columns + ((window.Size - 1) / window.Stride);
    }

    /// <summary>The numbers of a padded image.</summary>
    public int Count => _image.Channels * _height * RowCount;

    /// <summary>The distance between what a position and the one below it read.</summary>
    public int PositionRowStride => _stride * RowCount;

    private int RowCount => _stride * _phaseWidth;

    /// <summary>Where the first column of positions reads a place of the window; the next columns follow.</summary>
    public int PlaceOf(int channel, int y, int x) =>
        (((channel * _height) + y) * RowCount) + (x % _stride * _phaseWidth) + (x / _stride);

    // Rows below are not read by any position.
    private int RowsRead => Math.Min(_image.Height, _height - _before);

    /// <summary>Sorts an image. Padding is left as it is, so that it needs to be cleared only once.</summary>
    public void Sort(float* image, float* sorted)
    {
        if (_stride == 2)
        {
            SortPairs(image, sorted);
            return;
        }
        for (int phase = 0; phase < _stride; phase++)
        {
            var (first, column, count) = Run(phase);
            for (int channel = 0; channel < _image.Channels; channel++)
            {
                for (int y = 0; y < RowsRead; y++)
                {
                    float* source = ImageRow(image, channel, y) + column;
                    float* target = SortedRow(sorted, channel, y) + (phase * _phaseWidth) + first;
                    for (int i = 0; i < count; i++)
                        target[i] = source[i * _stride];
                }
            }
        }
    }

    /// <summary>Adds sorted numbers, such as gradients, to an image.</summary>
    public void AddTo(float* sorted, float* image)
    {
        for (int phase = 0; phase < _stride; phase++)
        {
            var (first, column, count) = Run(phase);
            for (int channel = 0; channel < _image.Channels; channel++)
            {
                for (int y = 0; y < RowsRead; y++)
                {
                    float* source = SortedRow(sorted, channel, y) + (phase * _phaseWidth) + first;
                    float* target = ImageRow(image, channel, y) + column;
                    for (int i = 0; i < count; i++)
                        target[i * _stride] += source[i];
                }
            }
        }
    }

    // Compiled on its own: inlined into much else, it would use up what the compiler inlines, and call what sorts a vector.
    /// <summary>Sorts for the usual stride of 2, with vectors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SortPairs(float* image, float* sorted)
    {
        // One phase starts with column 0 of the image and has its even columns, the other has the odd ones.
        int evenPhase = _before % 2;
        var (firstEven, _, evenCount) = Run(evenPhase);
        var (firstOdd, _, oddCount) = Run(1 - evenPhase);
        int evens = (evenPhase * _phaseWidth) + firstEven, odds = ((1 - evenPhase) * _phaseWidth) + firstOdd;
        bool areHalf = evenCount == oddCount && 2 * evenCount == _image.Width;
        bool byTwos = areHalf && _image.Width == TWidth.Count && RowsRead % 2 == 0;
        bool byFours = areHalf && 2 * _image.Width == TWidth.Count && RowsRead % 4 == 0;
        for (int channel = 0; channel < _image.Channels; channel++)
        {
            float* source = ImageRow(image, channel, 0);
            float* target = SortedRow(sorted, channel, 0);
            if (byTwos)
                SortHalves(source, target + evens, target + odds);
            else if (byFours)
                SortQuarters(source, target + evens, target + odds);
            else
                SortRows(source, target + evens, evenCount, target + odds, oddCount);
        }
    }

    /// <summary>Sorts rows that are as long as a vector: two at a time.</summary>
    private void SortHalves(float* source, float* evens, float* odds)
    {
        for (int y = 0; y < RowsRead; y += 2, source += 2 * TWidth.Count, evens += 2 * RowCount, odds += 2 * RowCount)
        {
            TWidth.Deinterleave(TWidth.Load(source), TWidth.Load(source + TWidth.Count), out var even, out var odd);
            TWidth.StoreHalves(even, evens, evens + RowCount);
            TWidth.StoreHalves(odd, odds, odds + RowCount);
        }
    }

    /// <summary>Sorts rows that are half as long as a vector: four at a time.</summary>
    private void SortQuarters(float* source, float* evens, float* odds)
    {
        for (int y = 0; y < RowsRead; y += 4, source += 2 * TWidth.Count, evens += 4 * RowCount, odds += 4 * RowCount)
        {
            TWidth.Deinterleave(TWidth.Load(source), TWidth.Load(source + TWidth.Count), out var even, out var odd);
            TWidth.StoreQuarters(even, evens, RowCount);
            TWidth.StoreQuarters(odd, odds, RowCount);
        }
    }

    private void SortRows(float* source, float* evens, int evenCount, float* odds, int oddCount)
    {
        for (int y = 0; y < RowsRead; y++, source += _image.Width, evens += RowCount, odds += RowCount)
        {
            for (int i = 0; i < evenCount; i += TWidth.Count)
            {
                int left = _image.Width - (2 * i);
                TWidth.Deinterleave(
                    LoadFirst(source + (2 * i), left), LoadFirst(source + (2 * i) + TWidth.Count, left - TWidth.Count),
                    out var even, out var odd);
                StoreFirst(even, evens + i, evenCount - i);
                StoreFirst(odd, odds + i, oddCount - i);
            }
        }
    }

    private float* ImageRow(float* image, int channel, int y) => image + (((channel * _image.Height) + y) * _image.Width);

    private float* SortedRow(float* sorted, int channel, int y) => sorted + (((channel * _height) + y + _before) * RowCount);

    private static TVector LoadFirst(float* source, int count) =>
        count >= TWidth.Count ? TWidth.Load(source) : TWidth.LoadPart(source, Math.Max(0, count));

    private static void StoreFirst(TVector vector, float* target, int count)
    {
        if (count >= TWidth.Count)
            TWidth.Store(vector, target);
        else if (count > 0)
            TWidth.StorePart(vector, target, count);
    }

    /// <summary>The part of the image's columns that belongs to a phase: its first place there, first column and length.</summary>
    private (int First, int Column, int Count) Run(int phase)
    {
        int first = Math.Max(0, (_before - phase + _stride - 1) / _stride);
        int column = (first * _stride) + phase - _before;
        int inImage = (_image.Width - column + _stride - 1) / _stride;
        return (first, column, Math.Min(_phaseWidth - first, inImage));
    }
}
