namespace ModularNetworks.Engine;

/// <summary>How products are cut into blocks, and how their parts are added up.</summary>
internal static unsafe class ProductBlocks<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    /// <summary>Copying an element into a panel takes about as long as so many multiply-adds.</summary>
    public const int PackingCost = 8;

    /// <summary>
    /// Rows that are worth handing to another thread, and enough to make up for reading all panels from the
    /// second-level cache.
    /// </summary>
    public static int RowsPerBlock(int rows, int inner, int columns, int mostForReuse)
    {
        long enoughWork = Kernels.BlockWork / Math.Max(1, (long)inner * columns);
        long enoughReuse = Math.Clamp(rows / 8, 24, mostForReuse);
        return RoundToTiles(Math.Min(rows, Math.Max(enoughWork, enoughReuse)));
    }

    /// <summary>Adds up one row of equally spaced parts, in order.</summary>
    public static void AddPartials(
        float* part, nint partSize, int parts, float* target, int columns, bool accumulate)
    {
        for (int column = 0; column < columns; column += TWidth.Count)
        {
            int lanes = Math.Min(TWidth.Count, columns - column);
            var sum = accumulate ? TWidth.LoadPart(target + column, lanes) : TWidth.Zero;
            for (int i = 0; i < parts; i++)
                sum = TWidth.Add(sum, TWidth.Load(part + (i * partSize) + column));
            TWidth.StorePart(sum, target + column, lanes);
        }
    }

    private static int RoundToTiles(long rows) =>
        (int)((rows + TiledRows.TileRows - 1) / TiledRows.TileRows * TiledRows.TileRows);
}
