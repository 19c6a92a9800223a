using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// Copies of image files under numbers in a temporary folder, for ImageMagick to read: the tool takes signs such as @, %, :,
/// [ and * in the names of files as commands.
/// </summary>
internal sealed class ImageCopies : IDisposable
{
    private const long MostFileBytes = 256L << 20;

    private static readonly byte[] PngStart = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A];
    private static readonly byte[] JpegStart = [0xFF, 0xD8, 0xFF];

    /// <summary>Copies image files.</summary>
    /// <param name="paths">The files, PNG or JPEG whatever their names say.</param>
    /// <exception cref="DataException">A file cannot be read or is of another format, or copies cannot be written.</exception>
    public ImageCopies(IReadOnlyList<string> paths)
    {
        Folder = TemporaryFolder();
        try
        {
            Names = [.. paths.Select((path, n) => Copy(path, Folder, n))];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The temporary folder.</summary>
    public string Folder { get; }

    /// <summary>The copies' formats and names as the tool reads them, such as <c>png:0</c>, in the order of the files.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Deletes the folder.</summary>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string TemporaryFolder()
    {
        try
        {
            return Directory.CreateTempSubdirectory("modnet-images-").FullName;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                $"{Path.GetTempPath()}: copies of image files cannot be put there: {cause.Message} Make the folder, or name "
                + "another in the environment variable TMPDIR.",
                cause);
        }
    }

    private static string Copy(string path, string folder, int number)
    {
        try
        {
            using var source = RegularFile.Open(path, MostFileBytes);
            if (source.Length == 0)
                throw new DataException($"{path}: is empty. Replace the file, or remove it.");
            string format = FormatOf(source, path);
            source.Position = 0;
            using var copy = File.Create(Path.Join(folder, $"{number}"));
            source.CopyTo(copy);
            return $"{format}:{number}";
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read: {cause.Message} Replace the file, or remove it.", cause);
        }
    }

    // The content tells the format, so that the tool never reads a file as one of the many others that it knows.
    private static string FormatOf(Stream file, string path)
    {
        Span<byte> start = stackalloc byte[PngStart.Length];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.SequenceEqual(PngStart))
            return "png";
        return start.StartsWith(JpegStart)
            ? "jpeg"
            : throw new DataException(
                $"{path}: is neither PNG nor JPEG (it begins with the bytes {Convert.ToHexString(start)}). Convert the file, or "
                + "remove it.");
    }
}
