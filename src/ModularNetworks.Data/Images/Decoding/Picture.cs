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

    /// <summary>Whether all pixels are grey.</summary>
    public bool IsGrey => Channels == 1;

    /// <summary>The picture as an image.</summary>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <returns><c>[channels * height * width]</c> in the order channel, row, column.</returns>
    public byte[] ToPlanes(int channels)
    {
        if (IsGrey)
            return channels == 1 ? Pixels : [.. Pixels, .. Pixels, .. Pixels];
        int places = Height * Width;
        var planes = new byte[channels * places];
        for (int place = 0; place < places; place++)
        {
            var pixel = Pixels.AsSpan(place * Channels, Channels);
            for (int channel = 0; channel < channels; channel++)
                planes[(channel * places) + place] = channels == 1 ? Grey(pixel) : pixel[channel];
        }
        return planes;
    }

    private static byte Grey(ReadOnlySpan<byte> pixel) =>
        (byte)(((Red * pixel[0]) + (Green * pixel[1]) + (Blue * pixel[2]) + Half) >> Shift);
}
