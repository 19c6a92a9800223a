namespace ModularNetworks.Engine;

/// <summary>
/// An image with its padding, whose columns are sorted by their remainder modulo the stride ("phase"), so that what
/// neighbouring positions of the window read lies side by side: <c>[channels, padded height, phases, columns of a phase]</c>.
/// </summary>
internal readonly unsafe struct PhaseImage
{
    private readonly ImageShape _image;
    private readonly int _before;
    private readonly int _stride;
    private readonly int _height;
    private readonly int _phaseWidth;

    public PhaseImage(in ImagePatches patches)
    {
        var window = patches.Window;
        _image = patches.Image;
        _before = window.PaddingBefore;
        _stride = window.Stride;
        _height = ((patches.Rows - 1) * window.Stride) + window.Size;
        _phaseWidth = patches.Columns + ((window.Size - 1) / window.Stride);
    }

    /// <summary>The numbers of a padded image.</summary>
    public int Count => _image.Channels * _height * RowCount;

    /// <summary>The distance between what a position and the one below it read.</summary>
    public int PositionRowStride => _stride * RowCount;

    private int RowCount => _stride * _phaseWidth;

    /// <summary>Where the first column of positions reads a place of the window; the next columns follow.</summary>
    public int PlaceOf(int channel, int y, int x) =>
        (((channel * _height) + y) * RowCount) + (x % _stride * _phaseWidth) + (x / _stride);

    /// <summary>Sorts an image. Padding is left as it is, so that it needs to be cleared only once.</summary>
    public void Sort(float* image, float* sorted)
    {
        for (int row = 0; row < _image.Channels * _image.Height; row++)
        {
            if (!TryPlaceRow(row, out int place))
                continue;
            for (int phase = 0; phase < _stride; phase++)
            {
                var (first, x, count) = Run(phase);
                float* source = image + (row * _image.Width) + x;
                float* target = sorted + place + (phase * _phaseWidth) + first;
                for (int i = 0; i < count; i++)
                    target[i] = source[i * _stride];
            }
        }
    }

    /// <summary>Adds sorted numbers, such as gradients, to an image.</summary>
    public void AddTo(float* sorted, float* image)
    {
        for (int row = 0; row < _image.Channels * _image.Height; row++)
        {
            if (!TryPlaceRow(row, out int place))
                continue;
            for (int phase = 0; phase < _stride; phase++)
            {
                var (first, x, count) = Run(phase);
                float* source = sorted + place + (phase * _phaseWidth) + first;
                float* target = image + (row * _image.Width) + x;
                for (int i = 0; i < count; i++)
                    target[i * _stride] += source[i];
            }
        }
    }

    /// <summary>Where a row of the image starts; false if no position reads it.</summary>
    private bool TryPlaceRow(int row, out int place)
    {
        int y = (row % _image.Height) + _before;
        place = ((row / _image.Height * _height) + y) * RowCount;
        return y < _height;
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
