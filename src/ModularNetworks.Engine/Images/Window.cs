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
    public int PositionsAlong(int length)
    {
        int free = length + PaddingBefore + PaddingAfter - Size;
        return free < 0 ? 0 : (free / Stride) + 1;
    }

    /// <summary>Size, stride and padding, for messages.</summary>
    public override string ToString() => $"{Size}x{Size} with stride {Stride} and padding {PaddingBefore}+{PaddingAfter}";
}
