namespace ModularNetworks.Engine;

/// <summary>
/// The patches of one image as a matrix whose rows are the numbers of a patch and whose columns are the positions, each row
/// padded to whole vectors: <c>[padded patch, padded positions]</c>. A convolution is a product of filters and this matrix.
/// </summary>
internal readonly unsafe struct PatchMatrix<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    // Dot products take so many rows at a time.
    public const int RowStep = 8;

    private readonly PhaseImage<TWidth, TVector> _phases;
    private readonly int _rows;
    private readonly int _positionRows;
    private readonly int _positionColumns;

    // For each row, where the first position reads it in the sorted image: divisions would cost more than the copy.
    private readonly int* _places;

    /// <summary>Prepares matrices of one size.</summary>
    /// <param name="patches">The size of the images, and the window.</param>
    /// <param name="places">Room for <see cref="PaddedRowsFor"/> places, which are written.</param>
    public PatchMatrix(in ImagePatches patches, int* places)
    {
        _phases = new PhaseImage<TWidth, TVector>(patches);
        _rows = patches.Size;
        _positionRows = patches.Rows;
        _positionColumns = patches.Columns;
        _places = places;
        Stride = (patches.Positions + TWidth.Count - 1) / TWidth.Count * TWidth.Count;
        PaddedRows = PaddedRowsFor(patches);
        new Span<int>(places, PaddedRows).Clear();
        int window = patches.Window.Size;
        for (int row = 0; row < _rows; row++)
        {
            var (channel, place) = Math.DivRem(row, window * window);
            places[row] = _phases.PlaceOf(channel, place / window, place % window);
        }
    }

    /// <summary>The number of columns, and the distance between rows.</summary>
    public nint Stride { get; }

    /// <summary>The number of rows with those that pad the matrix.</summary>
    public int PaddedRows { get; }

    /// <summary>The distance between what a position and the one below it read in the sorted image.</summary>
    public int PositionRowStride => _phases.PositionRowStride;

    /// <summary>The memory for a matrix. Whole vectors are written, which may reach behind the last row.</summary>
    public int Count => (PaddedRows * (int)Stride) + TWidth.Count;

    /// <summary>The memory for a sorted image, of which whole vectors are read.</summary>
    public int ImageCount => ((_phases.Count / TWidth.Count) + 2) * TWidth.Count;

    /// <summary>The number of rows of a padded matrix.</summary>
    public static int PaddedRowsFor(in ImagePatches patches) => (patches.Size + RowStep - 1) / RowStep * RowStep;

    /// <summary>Sorts an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="sorted">Room for the sorted image, cleared before the first use.</param>
    public void Sort(float* image, float* sorted) => _phases.Sort(image, sorted);

    /// <summary>Writes the patches of an image. What pads the matrix gets unspecified finite numbers.</summary>
    /// <param name="sorted">The sorted image.</param>
    /// <param name="matrix">Room for the matrix, cleared before the first use.</param>
    public void Gather(float* sorted, float* matrix)
    {
        for (int row = 0; row < _rows; row++)
        {
            float* source = sorted + _places[row];
            float* target = matrix + (row * Stride);
            for (int y = 0; y < _positionRows; y++, source += PositionRowStride, target += _positionColumns)
            {
                // Rows of positions follow each other, so that what is written too far is overwritten.
                for (int x = 0; x < _positionColumns; x += TWidth.Count)
                    TWidth.Store(TWidth.Load(source + x), target + x);
            }
        }
    }

    /// <summary>Adds a matrix, such as the gradient of one, to the sorted image that it would be gathered from.</summary>
    public void Scatter(float* matrix, float* sorted)
    {
        for (int row = 0; row < _rows; row++)
        {
            float* source = matrix + (row * Stride);
            float* target = sorted + _places[row];
            for (int y = 0; y < _positionRows; y++, source += _positionColumns, target += PositionRowStride)
            {
                for (int x = 0; x < _positionColumns; x += TWidth.Count)
                {
                    int count = Math.Min(TWidth.Count, _positionColumns - x);
                    var added = count == TWidth.Count ? TWidth.Load(source + x) : TWidth.LoadPart(source + x, count);
                    TWidth.Store(TWidth.Add(TWidth.Load(target + x), added), target + x);
                }
            }
        }
    }

    /// <summary>Adds a sorted image to an image.</summary>
    public void AddTo(float* sorted, float* image) => _phases.AddTo(sorted, image);
}
