namespace ModularNetworks.Engine;

/// <summary>
/// An image with its padding, whose columns are sorted by their remainder modulo the stride ("phase"), so that what
/// neighbouring positions of the window read lies side by side: <c>[channels, padded height, phases, columns of a phase]</c>.
/// </summary>
internal readonly unsafe partial struct PhaseImage<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private readonly ImageShape _image;
    private readonly int _before;
    private readonly int _rowStride;
    private readonly int _stride;
    private readonly int _height;
    private readonly int _phaseWidth;

    public PhaseImage(in ImagePatches patches)
    {
        var window = patches.Window;
        _image = patches.Image;
        _before = window.PaddingBefore;
        _rowStride = window.Stride;
        // A window with one column of positions never moves sideways; a long stride would make as many empty phases.
        _stride = patches.Columns == 1 ? 1 : window.Stride;
        _height = ((patches.Rows - 1) * _rowStride) + window.Size;
        _phaseWidth = patches.Columns + ((window.Size - 1) / _stride);
    }

    /// <summary>The numbers of a padded image.</summary>
    public int Count => _image.Channels * _height * RowCount;

    /// <summary>The distance between what a position and the one below it read.</summary>
    public int PositionRowStride => _rowStride * RowCount;

    private int RowCount => _stride * _phaseWidth;

    /// <summary>Where the first column of positions reads a place of the window; the next columns follow.</summary>
    public int PlaceOf(int channel, int y, int x) =>
        (((channel * _height) + y) * RowCount) + (x % _stride * _phaseWidth) + (x / _stride);

    // Rows below are not read by any position.
    private int RowsRead => Math.Min(_image.Height, _height - _before);

    /// <summary>Sorts an image. Padding is left as it is, so that it needs to be cleared only once.</summary>
    public void Sort(float* image, float* sorted)
    {
        if (_stride == 2)
        {
            SortPairs(image, sorted);
            return;
        }
        for (int phase = 0; phase < _stride; phase++)
        {
            var (first, column, count) = Run(phase);
            for (int channel = 0; channel < _image.Channels; channel++)
            {
                for (int y = 0; y < RowsRead; y++)
                {
                    float* source = ImageRow(image, channel, y) + column;
                    float* target = SortedRow(sorted, channel, y) + (phase * _phaseWidth) + first;
                    for (int i = 0; i < count; i++)
                        target[i] = source[i * _stride];
                }
            }
        }
    }

    /// <summary>Adds sorted numbers, such as gradients, to an image.</summary>
    public void AddTo(float* sorted, float* image)
    {
        for (int phase = 0; phase < _stride; phase++)
        {
            var (first, column, count) = Run(phase);
            for (int channel = 0; channel < _image.Channels; channel++)
            {
                for (int y = 0; y < RowsRead; y++)
                {
                    float* source = SortedRow(sorted, channel, y) + (phase * _phaseWidth) + first;
                    float* target = ImageRow(image, channel, y) + column;
                    for (int i = 0; i < count; i++)
                        target[i * _stride] += source[i];
                }
            }
        }
    }

    private float* ImageRow(float* image, int channel, int y) => image + (((channel * _image.Height) + y) * _image.Width);

    private float* SortedRow(float* sorted, int channel, int y) => sorted + (((channel * _height) + y + _before) * RowCount);

    private static TVector LoadFirst(float* source, int count) =>
        count >= TWidth.Count ? TWidth.Load(source) : TWidth.LoadPart(source, Math.Max(0, count));

    private static void StoreFirst(TVector vector, float* target, int count)
    {
        if (count >= TWidth.Count)
            TWidth.Store(vector, target);
        else if (count > 0)
            TWidth.StorePart(vector, target, count);
    }

    /// <summary>The part of the image's columns that belongs to a phase: its first place there, first column and length.</summary>
    private (int First, int Column, int Count) Run(int phase)
    {
        int first = Math.Max(0, (_before - phase + _stride - 1) / _stride);
        int column = (first * _stride) + phase - _before;
        int inImage = (_image.Width - column + _stride - 1) / _stride;
        return (first, column, Math.Min(_phaseWidth - first, inImage));
    }
}
