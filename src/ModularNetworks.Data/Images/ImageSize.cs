namespace ModularNetworks.Data;

/// <summary>The size of an image.</summary>
/// <param name="Channels">The number of channels: 3 for red, green and blue, 1 for grey.</param>
/// <param name="Height">The number of rows.</param>
/// <param name="Width">The number of columns.</param>
public sealed record ImageSize(int Channels, int Height, int Width)
{
    /// <summary>The number of values of an image, which stand in the order channel, row, column.</summary>
    public int Values => Channels * Height * Width;

    /// <summary>The size as text, such as <c>3 x 32 x 32</c>.</summary>
    public override string ToString() => $"{Channels} x {Height} x {Width}";
}
