using SkiaSharp;

namespace ModularNetworks.Data;

/// <summary>Turns pictures as their orientation marks (EXIF 2.3, tag 0x0112) say.</summary>
internal static class PictureTurn
{
    /// <summary>Whether the rows of the file are the columns of the picture.</summary>
    public static bool SwapsSides(SKEncodedOrigin origin) => origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop
        or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>The picture as it is meant to be seen.</summary>
    /// <param name="stored">The picture as it is stored.</param>
    /// <param name="origin">On which sides the first row and the first column of the stored picture belong.</param>
    public static Picture Upright(Picture stored, SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft)
            return stored;
        var (height, width) = SwapsSides(origin) ? (stored.Width, stored.Height) : (stored.Height, stored.Width);
        var pixels = new byte[stored.Pixels.Length];
        for (int place = 0; place < height * width; place++)
        {
            var (row, column) = Source(origin, place / width, place % width, stored.Height - 1, stored.Width - 1);
            stored.Pixels.AsSpan(((row * stored.Width) + column) * stored.Channels, stored.Channels)
                .CopyTo(pixels.AsSpan(place * stored.Channels));
        }
        return new Picture(height, width, stored.Channels, pixels);
    }

    /// <summary>Where a pixel of the upright picture is stored.</summary>
    private static (int Row, int Column) Source(SKEncodedOrigin origin, int row, int column, int lastRow, int lastColumn) => origin switch
    {
        SKEncodedOrigin.TopRight => (row, lastColumn - column),
        SKEncodedOrigin.BottomRight => (lastRow - row, lastColumn - column),
        SKEncodedOrigin.BottomLeft => (lastRow - row, column),
        SKEncodedOrigin.LeftTop => (column, row),
        SKEncodedOrigin.RightTop => (lastRow - column, row),
        SKEncodedOrigin.RightBottom => (lastRow - column, lastColumn - row),
        SKEncodedOrigin.LeftBottom => (column, lastColumn - row),
        _ => (row, column),
    };
}
