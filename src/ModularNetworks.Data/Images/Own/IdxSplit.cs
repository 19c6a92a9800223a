using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>The images and labels of a pair of idx files, in the order of the files.</summary>
/// <param name="Path">The file with the labels.</param>
/// <param name="Height">The number of rows of every image.</param>
/// <param name="Width">The number of columns of every image.</param>
/// <param name="Images">The images, each <c>[height * width]</c>.</param>
/// <param name="Labels">The label of each image, <c>[images]</c>.</param>
internal sealed record IdxSplit(string Path, int Height, int Width, IReadOnlyList<ReadOnlyMemory<byte>> Images, byte[] Labels)
{
    private const long MostFileBytes = 4L << 30;
    private const int MostImages = 1 << 24;

    // Images lie in arrays of about so many bytes, which are made when their bytes are there.
    private const int BlockBytes = 1 << 20;

    /// <summary>Reads the images and labels.</summary>
    /// <param name="images">The file with the images.</param>
    /// <param name="labels">The file with the labels.</param>
    /// <exception cref="DataException">A file cannot be read, is damaged, or does not fit the other.</exception>
    public static IdxSplit Read(string images, string labels)
    {
        using var pixels = Open(images, axes: 3);
        using var numbers = Open(labels, axes: 1);
        var (count, height, width) = (pixels.Sizes[0], pixels.Sizes[1], pixels.Sizes[2]);
        PictureFile.RequireSize(height, width, images);
        OwnImages.CheckMemory(images, count, new ImageShape(1, height, width));
        if (count > MostImages)
            throw new DataException($"{images}: has {Counted.Of(count, "image")}; at most {MostImages} are read. Use fewer.");
        numbers.Require(count);
        var split = new IdxSplit(labels, height, width, ReadImages(pixels, count, height * width), numbers.Read(count));
        pixels.RequireEnd();
        numbers.RequireEnd();
        return split;
    }

    /// <summary>Some of the images.</summary>
    /// <param name="chosen">Their numbers.</param>
    public IdxSplit Choose(IReadOnlyCollection<int> chosen) =>
        this with { Images = [.. chosen.Select(n => Images[n])], Labels = [.. chosen.Select(n => Labels[n])] };

    private static ReadOnlyMemory<byte>[] ReadImages(IdxFile file, int count, int size) =>
    [
        .. Enumerable.Range(0, count).Chunk(Math.Max(1, BlockBytes / size)).SelectMany(block =>
        {
            byte[] bytes = file.Read(block.Length * size);
            return Enumerable.Range(0, block.Length).Select(n => (ReadOnlyMemory<byte>)bytes.AsMemory(n * size, size));
        }),
    ];

    private static IdxFile Open(string path, int axes)
    {
        try
        {
            return new IdxFile(RegularFile.Open(path, MostFileBytes), path, axes);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw UnopenedFile.Because(path, cause, "Give a file that can be read.");
        }
    }
}
