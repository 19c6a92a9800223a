namespace ModularNetworks.Distributed;

/// <summary>Rows in the order of picks, and in the order in which these are sent.</summary>
internal static class PickRows
{
    /// <summary>Copies the row of each pick in the order of sending.</summary>
    /// <param name="order">The picks in the order of sending.</param>
    /// <param name="rows">A row for so many consecutive picks.</param>
    /// <param name="sent">A row for each pick.</param>
    /// <param name="width">The size of a row.</param>
    /// <param name="picksPerRow">The number of picks that a row is for.</param>
    public static void Take<T>(ReadOnlySpan<int> order, ReadOnlySpan<T> rows, Span<T> sent, int width, int picksPerRow)
    {
        for (int place = 0; place < order.Length; place++)
            rows.Slice(order[place] / picksPerRow * width, width).CopyTo(sent[(place * width)..]);
    }

    /// <summary>Copies rows in the order of sending back into the order of picks.</summary>
    /// <param name="order">The picks in the order of sending.</param>
    /// <param name="sent">A row for each pick.</param>
    /// <param name="rows">A row for each pick.</param>
    /// <param name="width">The size of a row.</param>
    public static void Restore<T>(ReadOnlySpan<int> order, ReadOnlySpan<T> sent, Span<T> rows, int width)
    {
        for (int place = 0; place < order.Length; place++)
            sent.Slice(place * width, width).CopyTo(rows[(order[place] * width)..]);
    }
}
