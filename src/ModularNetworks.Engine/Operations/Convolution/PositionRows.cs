using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>How a vector of neighbouring positions is loaded. Kernels are compiled anew for each way.</summary>
internal unsafe interface IPositionRows<TVector>
    where TVector : unmanaged
{
    /// <summary>Loads what the positions of one vector read.</summary>
    /// <param name="first">The first position's input.</param>
    /// <param name="rowStride">The distance to what the row of positions below reads.</param>
    static abstract TVector Load(float* first, nint rowStride);
}

/// <summary>All positions of a vector lie in one row.</summary>
internal readonly unsafe struct OneRow<TWidth, TVector> : IPositionRows<TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(float* first, nint rowStride) => TWidth.Load(first);
}

/// <summary>Half a vector is a row of positions.</summary>
internal readonly unsafe struct TwoRows<TWidth, TVector> : IPositionRows<TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(float* first, nint rowStride) => TWidth.LoadHalves(first, first + rowStride);
}

/// <summary>A quarter of a vector is a row of positions.</summary>
internal readonly unsafe struct FourRows<TWidth, TVector> : IPositionRows<TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(float* first, nint rowStride) => TWidth.LoadQuarters(first, rowStride);
}
