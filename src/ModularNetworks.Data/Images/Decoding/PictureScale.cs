namespace ModularNetworks.Data;

/// <summary>Brings pictures to a size, in whole numbers, so that all machines give the same bits.</summary>
internal static class PictureScale
{
    private const int Stored = 4;
    private const int Color = 3;

    /// <summary>Scales a picture, its proportions kept, until it fills a size, and cuts off what reaches beyond, equally on both sides.</summary>
    /// <param name="pixels"><c>[height, width, 4]</c>, of which the last channel is passed over.</param>
    /// <param name="height">The number of rows.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="toHeight">The number of rows that the picture gets.</param>
    /// <param name="toWidth">The number of columns that the picture gets.</param>
    /// <returns>The picture, grey if all pixels given are grey.</returns>
    public static Picture Fill(ReadOnlySpan<byte> pixels, int height, int width, int toHeight, int toWidth)
    {
        int channels = IsGrey(pixels) ? 1 : Color;
        double step = Math.Min((double)height / toHeight, (double)width / toWidth);
        PixelWeights[] rows = PixelWeights.Of(height, toHeight, step), columns = PixelWeights.Of(width, toWidth, step);
        int top = rows[0].First, bottom = rows[^1].End;
        var across = new byte[(bottom - top) * toWidth * channels];
        for (int row = top; row < bottom; row++)
        {
            ScaleRow(
                pixels.Slice(row * width * Stored, width * Stored), columns, channels,
                across.AsSpan((row - top) * toWidth * channels, toWidth * channels));
        }
        return new Picture(toHeight, toWidth, channels, ScaleColumns(across, rows, top, toWidth * channels));
    }

    private static bool IsGrey(ReadOnlySpan<byte> pixels)
    {
        for (int start = 0; start < pixels.Length; start += Stored)
        {
            if (pixels[start] != pixels[start + 1] || pixels[start] != pixels[start + 2])
                return false;
        }
        return true;
    }

    private static void ScaleRow(ReadOnlySpan<byte> row, PixelWeights[] columns, int channels, Span<byte> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            var (column, channel) = Math.DivRem(i, channels);
            var (first, weights) = columns[column];
            long sum = 0;
            for (int n = 0; n < weights.Length; n++)
                sum += (long)weights[n] * row[((first + n) * Stored) + channel];
            result[i] = PixelWeights.Rounded(sum);
        }
    }

    /// <summary>Adds up whole rows, in the order in which they lie in memory.</summary>
    private static byte[] ScaleColumns(ReadOnlySpan<byte> across, PixelWeights[] rows, int top, int length)
    {
        var result = new byte[rows.Length * length];
        var sums = new long[length];
        for (int row = 0; row < rows.Length; row++)
        {
            var (first, weights) = rows[row];
            Array.Clear(sums);
            for (int n = 0; n < weights.Length; n++)
            {
                var source = across.Slice((first - top + n) * length, length);
                for (int i = 0; i < length; i++)
                    sums[i] += (long)weights[n] * source[i];
            }
            for (int i = 0; i < length; i++)
                result[(row * length) + i] = PixelWeights.Rounded(sums[i]);
        }
        return result;
    }
}
