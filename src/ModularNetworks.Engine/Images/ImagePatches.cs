namespace ModularNetworks.Engine;

/// <summary>
/// The patches of an image: what a window sees at each of its positions. Positions are numbered row by row, the numbers of a
/// patch in the order channel, row, column.
/// </summary>
public readonly record struct ImagePatches
{
    /// <summary>Describes the patches of images of one size.</summary>
    /// <param name="image">The size of the images.</param>
    /// <param name="window">The window that moves over the images.</param>
    /// <exception cref="ShapeException">
    /// A size is less than 1, a padding negative, the window does not fit the image, or a tensor cannot hold as many numbers.
    /// </exception>
    public ImagePatches(ImageShape image, Window window)
    {
        if (image.Channels < 1 || image.Height < 1 || image.Width < 1)
            throw new ShapeException($"ImagePatches: the image is {image}; every size must be at least 1.");
        Image = image;
        Window = window;
        Rows = window.PositionsAlong(image.Height);
        Columns = window.PositionsAlong(image.Width);
        if (Rows < 1 || Columns < 1)
        {
            throw new ShapeException(
                $"ImagePatches: a window of {window} does not fit an image of {image}. Use a smaller window or more padding.");
        }
        _ = new Shape(image.Channels, image.Height, image.Width);
        _ = new Shape(image.Channels, window.Size, window.Size);
        _ = new Shape(Rows, Columns);
        _ = new Shape(image.Channels, Covered(Rows), Covered(Columns));

        // What the window walks over, padding and the last step included: kernels keep a copy of it.
        int Covered(int positions) => positions == 1 ? window.Size : (int)Math.Min(int.MaxValue, ((long)positions * window.Stride) + window.Size);
    }

    /// <summary>The size of the images.</summary>
    public ImageShape Image { get; }

    /// <summary>The window that moves over the images.</summary>
    public Window Window { get; }

    /// <summary>The number of positions from top to bottom.</summary>
    public int Rows { get; }

    /// <summary>The number of positions from left to right.</summary>
    public int Columns { get; }

    /// <summary>The number of all positions.</summary>
    public int Positions => Rows * Columns;

    /// <summary>The number of numbers in a patch: channels times the window's places.</summary>
    public int Size => Image.Channels * Window.Size * Window.Size;

    /// <summary>The image that results when every position gives one number for each of some channels.</summary>
    public ImageShape Output(int channels) => new(channels, Rows, Columns);

    /// <summary>Where a number of a patch lies in the image's row of numbers; -1 if it lies in the padding.</summary>
    /// <param name="position">The position, from 0.</param>
    /// <param name="entry">The number within the patch, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position, or no such number.</exception>
    public int PlaceOf(int position, int entry)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)Positions, nameof(position));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)entry, (uint)Size, nameof(entry));
        int size = Window.Size;
        int channel = entry / (size * size);
        int y = (position / Columns * Window.Stride) + (entry / size % size) - Window.PaddingBefore;
        int x = (position % Columns * Window.Stride) + (entry % size) - Window.PaddingBefore;
        bool isInside = (uint)y < (uint)Image.Height && (uint)x < (uint)Image.Width;
        return isInside ? (((channel * Image.Height) + y) * Image.Width) + x : -1;
    }

    /// <summary>The rows and columns of the image that the window covers at a position, without the padding.</summary>
    internal (int Top, int Bottom, int Left, int Right) Clip(int position)
    {
        int top = (position / Columns * Window.Stride) - Window.PaddingBefore;
        int left = (position % Columns * Window.Stride) - Window.PaddingBefore;
        return (
            Math.Max(0, top), Math.Min(Image.Height, top + Window.Size),
            Math.Max(0, left), Math.Min(Image.Width, left + Window.Size));
    }
}
