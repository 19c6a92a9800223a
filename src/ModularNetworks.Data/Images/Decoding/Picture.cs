namespace ModularNetworks.Data;

/// <summary>A decoded picture, 8 bits a channel.</summary>
/// <param name="Height">The number of rows.</param>
/// <param name="Width">The number of columns.</param>
/// <param name="Channels">1 if red, green and blue are equal in all pixels of the file, else 3.</param>
/// <param name="Pixels"><c>[height, width, channels]</c>.</param>
internal sealed record Picture(int Height, int Width, int Channels, byte[] Pixels)
{
    // ITU-R BT.601 in parts of 65,536, which add up to it: red, green and blue that are equal give the same grey.
    private const int Red = 19_595, Green = 38_470, Blue = 7_471;
    private const int Half = 1 << 15, Shift = 16;

    /// <summary>The picture as an image.</summary>
    /// <returns><c>[channels * height * width]</c> in the order channel, row, column.</returns>
    public byte[] ToPlanes()
    {
        if (Channels == 1)
            return Pixels;
        int places = Height * Width;
        var planes = new byte[Pixels.Length];
        for (int i = 0; i < planes.Length; i++)
            planes[(i % Channels * places) + (i / Channels)] = Pixels[i];
        return planes;
    }

    /// <summary>Makes an image grey, or gives a grey one equal red, green and blue.</summary>
    /// <param name="planes">The image, <c>[channels * places]</c> with 1 or 3 channels.</param>
    /// <param name="places">The number of pixels.</param>
    /// <param name="channels">The number of channels that it gets, 1 or 3.</param>
    /// <returns><c>[channels * places]</c>; the same array if nothing changes.</returns>
    public static byte[] WithChannels(byte[] planes, int places, int channels)
    {
        if (planes.Length == channels * places)
            return planes;
        if (channels > 1)
            return [.. planes, .. planes, .. planes];
        var grey = new byte[places];
        for (int i = 0; i < places; i++)
            grey[i] = (byte)(((Red * planes[i]) + (Green * planes[places + i]) + (Blue * planes[(2 * places) + i]) + Half) >> Shift);
        return grey;
    }
}
