namespace ModularNetworks.Data;

/// <summary>Brings pictures to a size, in whole numbers, so that all machines give the same bits.</summary>
internal static class PictureScale
{
    /// <summary>Scales a picture, its proportions kept, until it fills a size, and cuts off what reaches beyond, equally on both sides.</summary>
    /// <param name="pixels"><c>[height, width, stored]</c>.</param>
    /// <param name="height">The number of rows.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="channels">The number of channels that the picture gets, the first of those that are stored.</param>
    /// <param name="toHeight">The number of rows that the picture gets.</param>
    /// <param name="toWidth">The number of columns that the picture gets.</param>
    public static Picture Fill(ReadOnlySpan<byte> pixels, int height, int width, int channels, int toHeight, int toWidth)
    {
        int rowBytes = pixels.Length / height;
        double step = Math.Min((double)height / toHeight, (double)width / toWidth);
        PixelWeights[] rows = PixelWeights.Of(height, toHeight, step), columns = PixelWeights.Of(width, toWidth, step);
        int top = rows[0].First, bottom = rows[^1].End;
        var across = new byte[(bottom - top) * toWidth * channels];
        for (int row = top; row < bottom; row++)
        {
            ScaleRow(
                pixels.Slice(row * rowBytes, rowBytes), rowBytes / width, columns, channels,
                across.AsSpan((row - top) * toWidth * channels, toWidth * channels));
        }
        return new Picture(toHeight, toWidth, channels, ScaleColumns(across, rows, top, toWidth * channels));
    }

    private static void ScaleRow(ReadOnlySpan<byte> row, int stored, PixelWeights[] columns, int channels, Span<byte> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            var (column, channel) = Math.DivRem(i, channels);
            var (first, weights) = columns[column];
            long sum = 0;
            for (int n = 0; n < weights.Length; n++)
                sum += (long)weights[n] * row[((first + n) * stored) + channel];
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
