using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Reads stored compositions for a mini-batch.</summary>
internal static class StoredCompositions
{
    /// <summary>The compositions of some datapoints, <c>[batch, picks]</c>.</summary>
    public static IndexTensor Load(Tape tape, CompositionStore store, ReadOnlySpan<int> datapoints)
    {
        var compositions = tape.RentIndices(new Shape(datapoints.Length, store.Layout.Length));
        CopyTo(compositions.Values, store, datapoints);
        return compositions;
    }

    /// <summary>Writes the compositions of some datapoints, <c>[batch, picks]</c>.</summary>
    public static void CopyTo(Span<int> picks, CompositionStore store, ReadOnlySpan<int> datapoints)
    {
        int length = store.Layout.Length;
        for (int n = 0; n < datapoints.Length; n++)
        {
            for (int pick = 0; pick < length; pick++)
                picks[(n * length) + pick] = store[datapoints[n], pick];
        }
    }
}
