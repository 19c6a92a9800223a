using SkiaSharp;

namespace ModularNetworks.Data;

/// <summary>Reads picture files with Skia's decoders: first the size that they state, then the pixels.</summary>
internal static class PictureFile
{
    private const int MostSide = 16_384;
    private const long MostPixels = 128_000_000;

    // Pictures of more pixels are decoded one at a time, so that the memory does not grow with the number of threads.
    private const long LargePixels = 16_000_000;

    // Red, green, blue, and how much of them covers what is below.
    private const int Stored = 4;
    private const int Color = 3;

    private const int ShownBytes = 8;

    // JPEG files are decoded at a fraction of their size if that is still so many times the size asked for.
    private const int Oversampling = 4;
    private static readonly float[] JpegFractions = [1 / 8f, 1 / 4f, 1 / 2f];

    private static readonly Lock Large = new();

    /// <summary>Decodes a picture to a given size, as <see cref="ImageDecoder"/> says.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="name">The file's name in messages.</param>
    /// <param name="height">The number of rows that the picture gets.</param>
    /// <param name="width">The number of columns that the picture gets.</param>
    /// <exception cref="DataException">The file is none of the formats, damaged, cut short or too large.</exception>
    public static unsafe Picture Decode(ReadOnlySpan<byte> file, string name, int height, int width)
    {
        fixed (byte* start = file)
        {
            using var data = SKData.Create((nint)start, file.Length);
            using var codec = Open(data, file, name);
            RequireSize(codec.Info.Height, codec.Info.Width, name);
            if (WholePicture.ProblemOf(codec.EncodedFormat, file) is { } problem)
                throw new DataException($"{name}: {problem}. Replace the file, or remove it.");
            if ((long)codec.Info.Width * codec.Info.Height <= LargePixels)
                return Decode(codec, name, height, width);
            lock (Large)
                return Decode(codec, name, height, width);
        }
    }

    /// <summary>The size of a picture, turned as its orientation mark says. Nothing is decoded.</summary>
    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, string, int, int)"/>
    public static unsafe (int Height, int Width) SizeOf(ReadOnlySpan<byte> file, string name)
    {
        fixed (byte* start = file)
        {
            using var data = SKData.Create((nint)start, file.Length);
            using var codec = Open(data, file, name);
            return PictureTurn.SwapsSides(codec.EncodedOrigin)
                ? (codec.Info.Width, codec.Info.Height)
                : (codec.Info.Height, codec.Info.Width);
        }
    }

    /// <summary>Demands a size that is decoded.</summary>
    /// <exception cref="DataException">It is too large.</exception>
    public static void RequireSize(int height, int width, string name)
    {
        if (width > MostSide || height > MostSide || (long)width * height > MostPixels)
        {
            throw new DataException(
                $"{name}: has {width} x {height} pixels; at most {MostSide} rows and columns and {MostPixels} pixels are decoded. Make it smaller, or remove it.");
        }
    }

    private static SKCodec Open(SKData data, ReadOnlySpan<byte> file, string name)
    {
        if (file.IsEmpty)
            throw new DataException($"{name}: is empty. Replace the file, or remove it.");
        var codec = SKCodec.Create(data);
        if (codec is null || !WholePicture.IsKnown(codec.EncodedFormat))
        {
            codec?.Dispose();
            throw new DataException(
                $"{name}: is no picture of the formats PNG, JPEG, WebP, GIF or BMP, or its start is damaged (it begins with the bytes "
                + $"{Convert.ToHexString(file[..Math.Min(file.Length, ShownBytes)])}). Convert the file, or remove it.");
        }
        return codec;
    }

    private static Picture Decode(SKCodec codec, string name, int height, int width)
    {
        var origin = codec.EncodedOrigin;
        if (PictureTurn.SwapsSides(origin))
            (height, width) = (width, height);
        var size = ReducedSize(codec, height, width);
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        // Not the runtime's memory, which would hold several large pictures before it is looked through.
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(info))
            throw new DataException($"{name}: there is no memory for its {size.Width} x {size.Height} pixels. Make it smaller, or remove it.");
        // Without a colour space of the target, values stay those of the file.
        var result = codec.GetPixels(info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
        {
            string reason = result == SKCodecResult.IncompleteInput ? "its end is missing" : $"its data are damaged ({result})";
            throw new DataException($"{name}: cannot be decoded: {reason}. Replace the file, or remove it.");
        }
        var pixels = bitmap.GetPixelSpan();
        if (codec.Info.AlphaType != SKAlphaType.Opaque)
            LayOverWhite(pixels);
        var scaled = PictureScale.Fill(pixels, size.Height, size.Width, IsGrey(pixels) ? 1 : Color, height, width);
        return PictureTurn.Upright(scaled, origin);
    }

    private static SKSizeI ReducedSize(SKCodec codec, int height, int width)
    {
        if (codec.EncodedFormat == SKEncodedImageFormat.Jpeg)
        {
            foreach (float fraction in JpegFractions)
            {
                var size = codec.GetScaledDimensions(fraction);
                if (size.Height >= Oversampling * height && size.Width >= Oversampling * width)
                    return size;
            }
        }
        return codec.Info.Size;
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

    private static void LayOverWhite(Span<byte> pixels)
    {
        const int White = byte.MaxValue;
        for (int start = 0; start < pixels.Length; start += Stored)
        {
            int alpha = pixels[start + Color];
            foreach (ref byte value in pixels.Slice(start, Color))
                value = (byte)(((value * alpha) + (White * (White - alpha)) + (White / 2)) / White);
        }
    }
}
