using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>Moves a range of columns between arrays of rows of different lengths.</summary>
internal static class Columns
{
    /// <summary>Overwrites columns of the target with columns of the source, for all rows.</summary>
    public static void Copy<T>(
        ReadOnlySpan<T> source, int sourceStride, int sourceStart, Span<T> target, int targetStride, int targetStart, int count)
    {
        if (count == 0)
            return;
        for (; sourceStart < source.Length; sourceStart += sourceStride, targetStart += targetStride)
            source.Slice(sourceStart, count).CopyTo(target[targetStart..]);
    }

    /// <summary>Adds columns of the source to columns of the target, for all rows.</summary>
    public static void Add<T>(
        ReadOnlySpan<T> source, int sourceStride, int sourceStart, Span<T> target, int targetStride, int targetStart, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (count == 0)
            return;
        for (; sourceStart < source.Length; sourceStart += sourceStride, targetStart += targetStride)
        {
            var row = target.Slice(targetStart, count);
            TensorPrimitives.Add(row, source.Slice(sourceStart, count), row);
        }
    }
}
