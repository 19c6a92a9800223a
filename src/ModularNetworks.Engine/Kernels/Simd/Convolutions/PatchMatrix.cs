namespace ModularNetworks.Engine;

/// <summary>
/// The patches of one image as a matrix whose rows are the numbers of a patch and whose columns are the positions, each row
/// padded to whole vectors: <c>[padded patch, padded positions]</c>. A convolution is a product of filters and this matrix.
/// </summary>
internal readonly unsafe struct PatchMatrix<TWidth, TVector>(in ImagePatches patches)
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    // Dot products take so many rows at a time.
    public const int RowStep = 8;

    private readonly PhaseImage<TWidth, TVector> _phases = new(patches);
    private readonly int _channels = patches.Image.Channels;
    private readonly int _window = patches.Window.Size;
    private readonly int _positionRows = patches.Rows;
    private readonly int _positionColumns = patches.Columns;

    /// <summary>The number of columns, and the distance between rows.</summary>
    public nint Stride { get; } = (patches.Positions + TWidth.Count - 1) / TWidth.Count * TWidth.Count;

    /// <summary>The number of rows with those that pad the matrix.</summary>
    public int PaddedRows { get; } = (patches.Size + RowStep - 1) / RowStep * RowStep;

    /// <summary>The memory for a matrix. Whole vectors are written, which may reach behind the last row.</summary>
    public int Count => (PaddedRows * (int)Stride) + TWidth.Count;

    /// <summary>The memory for a sorted image, of which whole vectors are read.</summary>
    public int ImageCount => ((_phases.Count / TWidth.Count) + 2) * TWidth.Count;

    /// <summary>Writes the patches of an image. What pads the matrix gets unspecified finite numbers.</summary>
    /// <param name="image">The image.</param>
    /// <param name="sorted">Room for the sorted image, cleared before the first use.</param>
    /// <param name="matrix">Room for the matrix, cleared before the first use.</param>
    public void Gather(float* image, float* sorted, float* matrix)
    {
        _phases.Sort(image, sorted);
        for (int row = 0; row < _channels * _window * _window; row++)
        {
            float* source = sorted + PlaceOfRow(row);
            float* target = matrix + (row * Stride);
            for (int y = 0; y < _positionRows; y++, source += _phases.PositionRowStride, target += _positionColumns)
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
        for (int row = 0; row < _channels * _window * _window; row++)
        {
            float* source = matrix + (row * Stride);
            float* target = sorted + PlaceOfRow(row);
            for (int y = 0; y < _positionRows; y++, source += _positionColumns, target += _phases.PositionRowStride)
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

    private int PlaceOfRow(int row)
    {
        int place = row % (_window * _window);
        return _phases.PlaceOf(row / (_window * _window), place / _window, place % _window);
    }
}
