using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>
/// A copy of the columns of a matrix as rows, in the order in which <see cref="PanelProduct{TWidth, TVector}"/> reads
/// them: eight at a time. Read in place, eight columns of a wide matrix would miss the cache at every step.
/// </summary>
internal readonly unsafe struct TiledRows(float* start, int inner) : IRows
{
    /// <summary>The rows of a tile.</summary>
    public const int TileRows = 8;

    /// <summary>The distance between two elements of a row.</summary>
    public const int InnerStride = TileRows;

    public float* this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => start + ((nint)(row / TileRows) * TileRows * inner) + (row % TileRows);
    }

    /// <summary>The elements of so many rows, rounded up to cache lines.</summary>
    public static nint Size(int rows, int inner)
    {
        nint size = (nint)(rows + TileRows - 1) / TileRows * TileRows * inner;
        return (nint)AlignedBuffer.RoundUp((nuint)size * sizeof(float)) / sizeof(float);
    }

    /// <summary>Copies the first columns of a matrix with <c>inner</c> rows.</summary>
    public void CopyColumns(EvenRows source, int count)
    {
        float* target = start;
        int column = 0;
        for (; column + TileRows <= count; column += TileRows)
        {
            for (int row = 0; row < inner; row++, target += TileRows)
                *(Tile*)target = *(Tile*)(source[row] + column);
        }
        for (int row = 0; row < inner && column < count; row++, target += TileRows)
            new Span<float>(source[row] + column, count - column).CopyTo(new Span<float>(target, TileRows));
    }

    [InlineArray(TileRows)]
    private struct Tile
    {
        private float _first;
    }
}
