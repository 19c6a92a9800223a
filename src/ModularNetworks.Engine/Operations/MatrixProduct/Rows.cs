using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>Where the rows of a matrix start. Kernels are compiled anew for each way to find them.</summary>
internal unsafe interface IRows
{
    float* this[int row] { get; }
}

/// <summary>Rows at equal distances.</summary>
internal readonly unsafe struct EvenRows(float* start, int stride) : IRows
{
    public float* this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => start + ((nint)row * stride);
    }

    public int Stride => stride;

    public static EvenRows Of(Matrix matrix) => new(matrix.Pointer, matrix.Stride);

    /// <summary>The rows from some row or column on.</summary>
    public EvenRows From(int row, int column) => new(start + ((nint)row * stride) + column, stride);
}
