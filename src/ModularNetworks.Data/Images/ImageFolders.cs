using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// Images of one's own: a folder a class, with PNG and JPEG files. Decoding and resizing is done by ImageMagick, which must be
/// installed.
/// </summary>
/// <remarks>
/// <para>
/// Classes are ordered by the ordinal order of the folders' names, images by that of the files' names. Files with other names
/// than <c>*.png</c>, <c>*.jpg</c> and <c>*.jpeg</c>, and all whose names begin with a point, are passed over.
/// </para>
/// <para>
/// An image is turned as its orientation mark says, laid over white where it is transparent, scaled with its proportions kept
/// until it fills the size asked for, and cut to its centre; it becomes 8 bits a channel of sRGB.
/// </para>
/// </remarks>
public static class ImageFolders
{
    /// <summary>The folder of the training images, if the splits are given.</summary>
    public const string TrainFolder = "train";

    /// <summary>The folder of the validation images, if the splits are given; <c>val</c> and <c>validation</c> are the same.</summary>
    public const string ValidFolder = "valid";

    /// <summary>The folder of the test images, if the splits are given.</summary>
    public const string TestFolder = "test";

    private const int Channels = 3;
    private const int MostRows = 1024;
    private const long MostBytes = 4L << 30;

    /// <summary>Reads the images of a folder.</summary>
    /// <param name="folder">
    /// A folder with a folder a class, or with the folders <c>train</c>, and <c>valid</c> or <c>test</c> or both, each of which has a folder a
    /// class. A validation folder without a test folder is the test split. Without these, a fifth of each class, at least one image, is the
    /// test split; which ones depends on their names only.
    /// </param>
    /// <param name="height">The number of rows that images get, 1 to 1024.</param>
    /// <param name="width">The number of columns that images get, 1 to 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException">The height or width is out of range.</exception>
    /// <exception cref="DataException">
    /// There is no such folder, it has less than two classes, a class has too few images, or no training images but others, the images would
    /// take more than 4 GiB, one cannot be decoded, or ImageMagick is not installed.
    /// </exception>
    public static ImageSplits Load(string folder, int height = 32, int width = 32)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MostRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MostRows);
        var shape = new ImageShape(Channels, height, width);
        var listing = ImageListing.Of(folder);
        CheckMemory(folder, listing.Train.Count + (listing.Valid?.Count ?? 0L) + listing.Test.Count, shape);
        var decoder = ImageMagick.Find(SystemTool.SearchPath);
        return new ImageSplits(Decode(decoder, listing.Train, shape, listing), Decode(decoder, listing.Test, shape, listing))
        {
            Valid = listing.Valid is { } valid ? Decode(decoder, valid, shape, listing) : null,
        };
    }

    /// <summary>Refuses images that would fill the memory, before any is decoded.</summary>
    internal static void CheckMemory(string folder, long images, ImageShape shape)
    {
        if (images * shape.Count > MostBytes)
        {
            throw new DataException(
                $"{folder}: {images} images of {shape} take {images * shape.Count} bytes; at most {MostBytes} (4 GiB) are held in "
                + "memory. Choose a smaller size, or use fewer images.");
        }
    }

    private static LabelledImages Decode(
        ImageMagick decoder, IReadOnlyList<ImageFile> files, ImageShape shape, ImageListing listing) => new(
        shape, decoder.Decode([.. files.Select(file => file.Path)], shape), files.Select(file => file.Label), listing.Classes);
}
