using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Images of one's own: a folder for each class with PNG, JPEG, WebP, GIF and BMP files, or the idx files of MNIST.</summary>
/// <remarks>
/// <para>
/// Classes are in the ordinal order of their names. The images of a class are in the order of their files' names, in which numbers count as
/// numbers: <c>2.png</c> comes before <c>10.png</c>. Files with other extensions, and all whose names begin with a point, are passed over.
/// </para>
/// <para>
/// Idx files are called as those of MNIST, of Fashion-MNIST and of all that were made to replace it: <c>train-images-idx3-ubyte</c> and
/// <c>train-labels-idx1-ubyte</c>, and the same with <c>t10k</c> for the test images; each may be compressed by gzip and then ends with <c>.gz</c>. Labels
/// name the classes, and the images of a class are in the order of the file. So the images of idx files, written to folders that are called as the
/// labels and numbered in their order, are the same data: every run on them has the same bits.
/// </para>
/// <para>
/// A size that is not given is that of the training pictures if they have one in common, of at most 64 rows and columns, else 32 x 32. Without a number
/// of channels, images have one if red, green and blue are equal in all pixels of all training pictures, else three. How pictures become images
/// of that size, see <see cref="ImageDecoder"/>.
/// </para>
/// </remarks>
public static class OwnImages
{
    private const long MostBytes = 4L << 30;

    /// <summary>Reads images.</summary>
    /// <param name="location">
    /// A folder with a folder a class, or with the folders <c>train</c>, and <c>valid</c> or <c>test</c> or both, each of which has a folder a
    /// class. Folders of validation images may also be called <c>val</c> or <c>validation</c>; without a test folder they are the test split. Without
    /// folders of splits, a fifth of each class, at least one image, is the test split; which ones depends on their names only. Or a folder of idx files,
    /// or the one with the training images.
    /// </param>
    /// <param name="wanted">The size that images get: 1 or 3 channels, 1 to 1024 rows and columns; 0 for what the pictures are.</param>
    /// <param name="cache">The place where decoded pictures are kept; null to decode them each time.</param>
    /// <param name="progress">Is told how the reading goes on, and ends it; null if nobody is.</param>
    /// <exception cref="ArgumentException">The size is none that can be asked for.</exception>
    /// <exception cref="DataException">
    /// There is nothing of these kinds, it has less than two classes, a class has too few images, or no training images but others, the images would
    /// take more than 4 GiB, or a file is damaged.
    /// </exception>
    public static ImageSplits Load(string location, ImageShape wanted = default, ImageCache? cache = null, DataProgress? progress = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        Require(wanted);
        return IdxFolder.Find(location) is { } idx ? IdxImages.Load(idx, wanted) : ImageFolders.Load(location, wanted, cache, progress ?? DataProgress.None);
    }

    /// <summary>Refuses images that would fill the memory, before any is decoded.</summary>
    /// <param name="location">Where they are, for the message.</param>
    /// <param name="images">Their number.</param>
    /// <param name="shape">Their size.</param>
    /// <exception cref="DataException">They would take more than 4 GiB.</exception>
    internal static void CheckMemory(string location, long images, ImageShape shape)
    {
        if (images * shape.Count > MostBytes)
        {
            throw new DataException(
                $"{location}: {images} images of {shape} take {Counted.Of(images * shape.Count, "byte")}; at most {MostBytes} (4 GiB) are held in "
                + "memory. Choose a smaller size, or use fewer images.");
        }
    }

    private static void Require(ImageShape wanted)
    {
        bool isSize = (wanted.Height, wanted.Width) is (0, 0) or ( >= 1 and <= ImageDecoder.MostRows, >= 1 and <= ImageDecoder.MostRows);
        if (!isSize || wanted.Channels is not (0 or 1 or 3))
        {
            throw new ArgumentException(
                $"OwnImages: images of {wanted} are asked for; they can have 1 or 3 channels and 1 to {ImageDecoder.MostRows} rows and columns, or 0 for "
                + "what the pictures are.",
                nameof(wanted));
        }
    }
}
