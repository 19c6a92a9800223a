namespace ModularNetworks.Engine;

/// <summary>
/// The size of an image. A batch of images has one row for each, <c>[rows, channels * height * width]</c>, with the
/// numbers in the order channel, row, column.
/// </summary>
/// <param name="Channels">The number of numbers at each place, such as 3 for red, green and blue.</param>
/// <param name="Height">The number of rows of the image.</param>
/// <param name="Width">The number of columns of the image.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>The number of places: height times width.</summary>
    /// <exception cref="ShapeException">They are more than a tensor can hold, or a size is negative.</exception>
    public int Places => Sizes.Product(nameof(ImageShape), Height, Width);

    /// <summary>The numbers of one image: channels times height times width.</summary>
    /// <exception cref="ShapeException">They are more than a tensor can hold, or a size is negative.</exception>
    public int Count => Sizes.Product(nameof(ImageShape), Channels, Places);

    /// <summary>Demands that an operation's input has an image of this size in every row.</summary>
    /// <exception cref="ShapeException">It has not.</exception>
    internal void RequireRows(string operation, Shape input)
    {
        if (Channels < 1 || Height < 1 || Width < 1)
            throw new ShapeException($"{operation}: the image is {this}; every size must be at least 1.");
        if (input.Rank != 2 || input[1] != Count)
        {
            throw new ShapeException(
                $"{operation}: input has shape {input}; images of {this} have {Counted.Of(Count, "number")} in a row. Check the size of the "
                + "images.");
        }
    }

    /// <summary>The sizes as users write them: <c>3x32x32</c>.</summary>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
