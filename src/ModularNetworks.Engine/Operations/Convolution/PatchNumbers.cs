namespace ModularNetworks.Engine;

/// <summary>
/// The patches of one image, for products with filters: read from the sorted image itself where its rows of positions
/// make up whole vectors, and else from a <see cref="PatchMatrix{TWidth, TVector}"/>.
/// </summary>
internal readonly unsafe struct PatchNumbers<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private readonly PatchMatrix<TWidth, TVector> _matrix;
    private readonly bool _isGathered;

    /// <summary>Prepares the patches of images of one size.</summary>
    /// <param name="patches">The size of the images, and the window.</param>
    /// <param name="tables">Keeps tables of places, until its next use.</param>
    public PatchNumbers(in ImagePatches patches, Scratch tables)
    {
        int tableCount = PatchMatrix<TWidth, TVector>.PaddedRowsFor(patches);
        int lanes = TWidth.Count, vectors = (patches.Positions + lanes - 1) / lanes;
        int* table = (int*)tables.Reserve((2 * tableCount) + vectors);
        _matrix = new PatchMatrix<TWidth, TVector>(patches, table);
        int rows = patches.Columns % lanes == 0 ? 1 : lanes % patches.Columns == 0 ? lanes / patches.Columns : 0;
        _isGathered = rows is not (1 or 2 or 4) || patches.Rows % rows != 0;
        Vectors = vectors;
        Places = _isGathered
            ? PatchPlaces.OfMatrix(table + tableCount, tableCount, (int)_matrix.Stride, lanes)
            : new PatchPlaces
            {
                Numbers = table,
                Vectors = PlaceVectors(table + tableCount, vectors, patches.Columns, _matrix.PositionRowStride),
                RowsPerVector = rows,
                RowStride = _matrix.PositionRowStride,
            };
    }

    /// <summary>The number of vectors that hold all positions.</summary>
    public int Vectors { get; }

    /// <summary>The numbers of a patch, padded to a multiple of <see cref="PatchMatrix{TWidth, TVector}.RowStep"/>.</summary>
    public int PaddedRows => _matrix.PaddedRows;

    /// <summary>Where numbers lie behind what <see cref="Read"/> returns; places that pad the patch have unspecified numbers.</summary>
    public PatchPlaces Places { get; }

    /// <summary>The memory for an image's numbers, cleared before the first use.</summary>
    public int Count => _matrix.ImageCount + (_isGathered ? _matrix.Count : 0);

    /// <summary>Makes an image's numbers.</summary>
    /// <param name="image">The image.</param>
    /// <param name="memory">So much memory as <see cref="Count"/>.</param>
    public float* Read(float* image, float* memory)
    {
        _matrix.Sort(image, memory);
        if (!_isGathered)
            return memory;
        float* matrix = memory + _matrix.ImageCount;
        _matrix.Gather(memory, matrix);
        return matrix;
    }

    private static int* PlaceVectors(int* table, int vectors, int columns, int rowStride)
    {
        for (int vector = 0; vector < vectors; vector++)
        {
            var (row, column) = Math.DivRem(vector * TWidth.Count, columns);
            table[vector] = (row * rowStride) + column;
        }
        return table;
    }
}
