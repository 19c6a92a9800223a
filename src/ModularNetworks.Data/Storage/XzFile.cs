using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// The content of a file that is compressed as <c>.xz</c>, unpacked by the system's program <c>xz</c> while it is read.
/// </summary>
internal sealed class XzFile : UnpackedStream
{
    /// <summary>The extension of the names of files compressed as <c>.xz</c>.</summary>
    public const string Extension = ".xz";

    // Bounds against damaged and hostile files, far above what the known data sets need.
    private const long MostBytes = 256L << 20;
    private const string MostMemory = "--memlimit-decompress=256MiB";

    private readonly string _path;
    private readonly long _mostBytes;
    private readonly ToolRun _run;

    private XzFile(string path, string program, long mostBytes)
    {
        _path = path;
        _mostBytes = mostBytes;
        _run = new ToolRun(
            program, ["--decompress", "--stdout", "--format=xz", MostMemory, "--", Path.GetFullPath(path)]);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">The most that is read from it, in bytes.</param>
    /// <exception cref="DataException">The program is not installed.</exception>
    /// <exception cref="IOException">It is no regular file.</exception>
    public static XzFile Open(string path, long mostBytes = MostBytes)
    {
        // The program would wait for whoever writes a pipe.
        RegularFile.Require(path);
        return new(path, FindProgram(path, SystemTool.SearchPath), mostBytes);
    }

    /// <summary>The program that unpacks a file.</summary>
    /// <exception cref="DataException">It is not installed.</exception>
    public static string FindProgram(string path, string? searchPath) =>
        SystemTool.Find("xz", searchPath) ?? throw new DataException(
            $"{path}: is unpacked by the program xz, which was not found. Install it (on Debian and Ubuntu: apt-get install "
            + "xz-utils), or unpack the file by other means.");

    /// <inheritdoc/>
    protected override int ReadNext(Span<byte> buffer) => _run.Output.Read(buffer);

    /// <inheritdoc/>
    /// <exception cref="DataException">The file is damaged, holds too much or cannot be read.</exception>
    protected override void CheckRead(ReadOnlySpan<byte> buffer, int count)
    {
        if (BytesRead > _mostBytes)
        {
            throw new DataException(
                $"{_path}: holds more than {_mostBytes} bytes, which is the most that is read from an .xz file. Unpack the "
                + "file, or get it again.");
        }
        if (count == 0 && buffer.Length > 0)
            CheckEnd();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _run.Dispose();
        base.Dispose(disposing);
    }

    private void CheckEnd()
    {
        var (exitCode, complaints) = _run.Finish();
        if (exitCode == 0)
            return;
        // A line is "xz: PATH: REASON".
        string reason = complaints.Split('\n')[0];
        reason = reason[(reason.LastIndexOf(": ", StringComparison.Ordinal) + 1)..].Trim();
        throw new DataException(
            $"{_path}: cannot be unpacked: {(reason.Length > 0 ? reason : $"xz ended with code {exitCode}")}. Check that it "
            + "is a whole .xz file, or get it again.");
    }
}
