using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ModularNetworks;

/// <summary>
/// A module's matrix that is read from memory once, in the order of its addresses. Processors fetch ahead on their own,
/// but neither across the end of a page nor into the next module's matrix.
/// </summary>
internal readonly unsafe struct WeightStream(float* start, float* next, int rows, int columns)
{
    // On its way from memory while a number is read: 8 KB.
    private const int Distance = 2048;

    private readonly float* _end = start + ((nint)rows * columns);

    public int Rows => rows;

    public int Columns => columns;

    public float* this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => start + ((nint)row * columns);
    }

    /// <summary>The numbers to fetch while some row is read, in this matrix or the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Ahead(int row)
    {
        float* place = this[row] + Distance;
        return place < _end ? place : next + Math.Min(place - _end, Distance);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* place)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(place);
    }
}
