using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Decodes image files with ImageMagick's command-line tool.</summary>
internal sealed class ImageMagick
{
    // Many files a process, since starting one takes longer than decoding a small image; but not more than fit a command
    // line, and not more than can well be read again when one of them is damaged.
    private const int MostFiles = 64;
    private const long MostGroupBytes = 64L << 20;

    // What one image may take, against damaged and hostile files; the tool's own policy may allow less.
    private static readonly string[] Limits =
    [
        "-limit", "width", "16KP", "-limit", "height", "16KP", "-limit", "area", "128MP",
        "-limit", "memory", "1GiB", "-limit", "map", "1GiB", "-limit", "disk", "1GiB", "-limit", "thread", "1",
    ];

    private readonly string _program;

    private ImageMagick(string program) => _program = program;

    /// <summary>Finds the tool.</summary>
    /// <exception cref="DataException">It is not installed.</exception>
    public static ImageMagick Find(string? searchPath)
    {
        // Version 7 calls it magick, version 6 convert, which on Windows is a tool for disks.
        string[] names = OperatingSystem.IsWindows() ? ["magick"] : ["magick", "convert"];
        string? program = names.Select(name => SystemTool.Find(name, searchPath)).FirstOrDefault(IsImageMagick);
        return program is not null
            ? new ImageMagick(program)
            : throw new DataException(
                "Images are decoded by ImageMagick, whose program (magick, or convert in version 6) was not found. Install it "
                + "(on Debian and Ubuntu: apt-get install imagemagick).");
    }

    /// <summary>Decodes image files.</summary>
    /// <param name="paths">The files, PNG or JPEG whatever their names say.</param>
    /// <param name="shape">The size that the images get, with 3 channels.</param>
    /// <returns>
    /// The images in the order of the files, <c>[channels * height * width]</c> in the order channel, row, column.
    /// </returns>
    /// <exception cref="DataException">A file cannot be read or decoded.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> Decode(IReadOnlyList<string> paths, ImageShape shape)
    {
        string[][] groups = [.. paths.Chunk((int)Math.Clamp(MostGroupBytes / shape.Count, 1, MostFiles))];
        return [.. ReadInParallel.Run(groups.Length, group => DecodeGroup(groups[group], shape)).SelectMany(images => images)];
    }

    private static bool IsImageMagick(string? program)
    {
        if (program is null)
            return false;
        using var run = new ToolRun(program, ["-version"]);
        string answer = new StreamReader(run.Output).ReadToEnd();
        return run.Finish().ExitCode == 0 && answer.Contains("ImageMagick", StringComparison.Ordinal);
    }

    private ReadOnlyMemory<byte>[] DecodeGroup(string[] paths, ImageShape shape)
    {
        var pixels = new byte[paths.Length * shape.Count];
        if (Run(paths, shape, pixels) is not { } problem)
            return [.. paths.Select((_, n) => ToPlanes(pixels.AsSpan(n * shape.Count, shape.Count)))];
        if (paths.Length > 1)
            return [.. paths.SelectMany(path => DecodeGroup([path], shape))];
        throw new DataException($"{paths[0]}: cannot be decoded: {problem}. Replace the file, or remove it.");
    }

    /// <summary>Decodes files in one process.</summary>
    /// <returns>The problem with some of the files; null if there is none.</returns>
    private string? Run(string[] paths, ImageShape shape, byte[] pixels)
    {
        using var copies = new ImageCopies(paths);
        using var run = new ToolRun(_program, Arguments(copies.Names, shape), copies.Folder);
        int found = run.Output.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false);
        bool isMore = run.Output.ReadByte() >= 0;
        run.Output.CopyTo(Stream.Null);
        var (exitCode, complaints) = run.Finish();
        bool isWhole = exitCode == 0 && found == pixels.Length && !isMore && !IsCutShort(complaints);
        return isWhole ? null : Reason(complaints);
    }

    private static IEnumerable<string> Arguments(IReadOnlyList<string> names, ImageShape shape)
    {
        string target = $"{shape.Width}x{shape.Height}";
        // A large photograph is decoded at a fraction of its size if that is still four times the target.
        int least = 4 * Math.Max(shape.Height, shape.Width);
        return
        [
            .. Limits, "-define", $"jpeg:size={least}x{least}", "-background", "white", "-gravity", "center",
            // Each in brackets, so that one is made small before the next is read.
            .. names.SelectMany(name => (string[])
            [
                "(", name, "-auto-orient", "-colorspace", "sRGB", "-alpha", "remove",
                "-resize", $"{target}^", "-extent", target, ")",
            ]),
            "-depth", "8", "rgb:-",
        ];
    }

    // The tool only warns of a JPEG file without its end, and makes the rest of the image up.
    private static bool IsCutShort(string complaints) =>
        complaints.Contains("Premature end of JPEG file", StringComparison.Ordinal);

    // A line is "convert: REASON `NAME' @ PLACE", and the name is one of ours.
    private static string Reason(string complaints)
    {
        string line = complaints.Split('\n')[0];
        int start = line.IndexOf(": ", StringComparison.Ordinal);
        string reason = line[(start < 0 ? 0 : start + 2)..].Split([" `", " @ "], StringSplitOptions.None)[0].Trim();
        bool isVague = reason.Length == 0 || reason.StartsWith("no images defined", StringComparison.Ordinal);
        return isVague ? "ImageMagick reads no image, or more than one, from it" : reason;
    }

    private static ReadOnlyMemory<byte> ToPlanes(ReadOnlySpan<byte> pixels)
    {
        const int Channels = 3;
        var planes = new byte[pixels.Length];
        int places = pixels.Length / Channels;
        for (int i = 0; i < pixels.Length; i++)
            planes[(i % Channels * places) + (i / Channels)] = pixels[i];
        return planes;
    }
}
