using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ModularNetworks.Engine;

/// <summary>The one check of indices: whoever reads elements by number relies on it.</summary>
internal static class IndexRange
{
    /// <summary>Refuses indices of things that do not exist.</summary>
    /// <param name="operation">The operation that reads by them, for the message.</param>
    /// <param name="item">What an index is the number of, such as "row", for the message.</param>
    /// <param name="indices">The indices.</param>
    /// <param name="count">The number of things: indices are 0 to <paramref name="count"/> - 1.</param>
    /// <exception cref="ShapeException">There is no such thing.</exception>
    public static void Require(string operation, string item, ReadOnlySpan<int> indices, int count)
    {
        // Negative numbers are large ones without a sign.
        if (!indices.IsEmpty && TensorPrimitives.Max(MemoryMarshal.Cast<int, uint>(indices)) >= (uint)count)
            Refuse(operation, item, indices, count);
    }

    /// <summary>Refuses the index of a thing that does not exist.</summary>
    /// <param name="operation">The operation that reads by it, for the message.</param>
    /// <param name="item">What the index is the number of, for the message.</param>
    /// <param name="index">The index.</param>
    /// <param name="count">The number of things.</param>
    /// <exception cref="ShapeException">There is no such thing.</exception>
    public static void Require(string operation, string item, int index, int count)
    {
        if ((uint)index >= (uint)count)
            Refuse(operation, item, [index], count);
    }

    private static void Refuse(string operation, string item, ReadOnlySpan<int> indices, int count)
    {
        int place = 0;
        while ((uint)indices[place] < (uint)count)
            place++;
        string existing = count == 0 ? $"there is no {item}" : $"there are 0 to {count - 1}";
        throw new ShapeException($"{operation}: {item} {indices[place]} is wanted at place {place}; {existing}.");
    }
}
