namespace ModularNetworks.Engine;

/// <summary>
/// Where the numbers of patches lie: number i of a vector of neighbouring positions starts at
/// <c>Numbers[i] + Vectors[vector]</c>.
/// </summary>
internal unsafe struct PatchPlaces
{
    /// <summary>For each number of a patch, where the first position reads it.</summary>
    public int* Numbers;

    /// <summary>For each vector of positions, how far what it reads is from what the first one reads.</summary>
    public int* Vectors;

    /// <summary>The number of rows of positions in a vector: 1, 2 or 4.</summary>
    public int RowsPerVector;

    /// <summary>Where a vector has several rows, the distance between what a position and the one below it read.</summary>
    public nint RowStride;

    /// <summary>The places in a matrix whose rows are the numbers and whose columns are the positions.</summary>
    /// <param name="table">Room for a number for each row and each vector.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="stride">The distance between rows, a multiple of the lanes.</param>
    /// <param name="lanes">The lanes of a vector.</param>
    public static PatchPlaces OfMatrix(int* table, int rows, int stride, int lanes)
    {
        var places = new PatchPlaces { Numbers = table, Vectors = table + rows, RowsPerVector = 1 };
        for (int row = 0; row < rows; row++)
            places.Numbers[row] = row * stride;
        for (int vector = 0; vector < stride / lanes; vector++)
            places.Vectors[vector] = vector * lanes;
        return places;
    }
}
