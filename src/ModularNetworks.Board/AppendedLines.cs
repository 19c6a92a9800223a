using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Board;

/// <summary>Reads the lines that are added to a file while others write it.</summary>
/// <param name="path">The file, which need not be there yet.</param>
internal sealed class AppendedLines(string path)
{
    // What is more is read the next time.
    private const int MostBytes = 1 << 20;

    private long _read = LengthOf(path);

    /// <summary>Whether lines were removed: the file is now shorter than the part that was read.</summary>
    public bool WasShortened => LengthOf(path) < _read;

    /// <summary>Skips all lines that the file has now.</summary>
    public void SkipToEnd() => _read = LengthOf(path);

    /// <summary>The whole lines that were added since the last call.</summary>
    /// <exception cref="IOException">It is no file of a run's folder, or cannot be read.</exception>
    public IReadOnlyList<string> Read()
    {
        long length = LengthOf(path);
        if (length <= _read)
            return [];
        using var file = RegularFile.Open(path, RunFiles.MostBytesOf(path), within: Path.GetDirectoryName(path));
        file.Position = _read;
        byte[] added = new byte[Math.Min(MostBytes, length - _read)];
        int count = file.ReadAtLeast(added, added.Length, throwOnEndOfStream: false);
        int end = added.AsSpan(0, count).LastIndexOf((byte)'\n');
        if (end < 0)
        {
            // No line is that long: it is damage, and would keep from what comes after it.
            if (count == MostBytes)
                _read += count;
            return [];
        }
        _read += end + 1;
        return System.Text.Encoding.UTF8.GetString(added, 0, end).Split('\n');
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
