namespace ModularNetworks.Engine;

/// <summary>A square window that moves over an image.</summary>
/// <param name="Size">Its height and width.</param>
/// <param name="Stride">How far it moves from one position to the next, in both directions.</param>
/// <param name="PaddingBefore">The number of rows and columns of zeros above and to the left of the image.</param>
/// <param name="PaddingAfter">The number of rows and columns of zeros below and to the right of the image.</param>
public readonly record struct Window(int Size, int Stride = 1, int PaddingBefore = 0, int PaddingAfter = 0)
{
    /// <summary>The number of positions of the window along an axis; 0 or less if it does not fit.</summary>
    /// <param name="length">The image's size along the axis.</param>
    /// <exception cref="ShapeException">
    /// Size or stride are less than 1, a padding is negative, or image and padding are longer than a tensor's axis can be.
    /// </exception>
    public int PositionsAlong(int length)
    {
        if (Size < 1 || Stride < 1 || PaddingBefore < 0 || PaddingAfter < 0)
            throw new ShapeException($"Window: it is {this}; its size and stride must be at least 1, its padding at least 0.");
        int padded = Sizes.Sum(nameof(Window), Sizes.Sum(nameof(Window), length, PaddingBefore), PaddingAfter);
        return padded < Size ? 0 : ((padded - Size) / Stride) + 1;
    }

    /// <summary>Size, stride and padding, for messages.</summary>
    public override string ToString() => $"{Size}x{Size} with stride {Stride} and padding {PaddingBefore}+{PaddingAfter}";
}
