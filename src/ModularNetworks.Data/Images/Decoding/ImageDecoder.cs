using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Decodes pictures of the formats PNG, JPEG, WebP, GIF and BMP to images of a given size. Safe for use by several threads.</summary>
/// <remarks>
/// <para>
/// The content tells the format, not the name. The size that the file states is looked at before anything is decoded. A file that is
/// cut short is refused, as is a PNG file whose checksums do not fit; bytes after the end of a picture are passed over. Of
/// an animation the first picture is taken.
/// </para>
/// <para>
/// A picture is turned as its orientation mark (EXIF) says, laid over white where it is transparent, scaled with its proportions
/// kept until it fills the size asked for, and cut to its centre. The values are those of the file, at 8 bits a channel; colour
/// profiles are not applied. A picture that has the size already keeps every value.
/// </para>
/// <para>
/// Scaling is by Catmull-Rom splines, widened over all pixels that one of a smaller image stands for, in whole numbers, so that all
/// machines give the same bits. JPEG files more than eight times as large as asked for are decoded at a half, quarter or eighth of their size.
/// </para>
/// </remarks>
public static class ImageDecoder
{
    /// <summary>The most rows or columns that are asked for.</summary>
    public const int MostRows = 1024;

    // Far above what cameras make.
    private const long MostFileBytes = 256L << 20;

    /// <summary>Decodes a picture.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="name">The file's name in messages.</param>
    /// <param name="shape">
    /// The size that the image gets: 1 to 1024 rows and columns; 1 channel for grey (ITU-R BT.601: 0.299 red + 0.587 green + 0.114 blue), or 3
    /// for red, green and blue, which are equal where the picture is grey.
    /// </param>
    /// <returns><c>[channels * height * width]</c> in the order channel, row, column.</returns>
    /// <exception cref="DataException">
    /// The file is none of these formats, is damaged or cut short, or has more than 16,384 rows or columns or 128 million pixels.
    /// </exception>
    /// <exception cref="ArgumentException">The size is none that can be asked for.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> file, string name, ImageShape shape)
    {
        ArgumentNullException.ThrowIfNull(name);
        Require(shape);
        byte[] planes = PictureFile.Decode(file, name, shape.Height, shape.Width).ToPlanes();
        return Picture.WithChannels(planes, shape.Places, shape.Channels);
    }

    /// <summary>Reads a file and decodes the picture in it.</summary>
    /// <param name="path">The file, of at most 256 MiB.</param>
    /// <param name="shape">The size that the image gets.</param>
    /// <inheritdoc cref="Decode"/>
    /// <exception cref="DataException">The file cannot be read.</exception>
    public static byte[] Read(string path, ImageShape shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Decode(ReadBytes(path), path, shape);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="DataException">It cannot be read, or is larger than a picture may be.</exception>
    internal static byte[] ReadBytes(string path)
    {
        try
        {
            return RegularFile.ReadBytes(path, MostFileBytes);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw UnopenedFile.Because(path, cause, "Replace the file, or remove it.");
        }
    }

    private static void Require(ImageShape shape)
    {
        if (shape.Channels is not (1 or 3) || shape.Height is < 1 or > MostRows || shape.Width is < 1 or > MostRows)
        {
            throw new ArgumentException(
                $"ImageDecoder: images of {shape} are asked for; they can have 1 or 3 channels and 1 to {MostRows} rows and columns.",
                nameof(shape));
        }
    }
}
