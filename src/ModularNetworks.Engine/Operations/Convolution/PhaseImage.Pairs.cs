using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal readonly unsafe partial struct PhaseImage<TWidth, TVector>
{
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
}
