using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Reads the bytes of a text file into memory.</summary>
internal static class TextBytes
{
    /// <summary>The largest file, in bytes.</summary>
    public const long Most = 512L << 20;

    /// <summary>Reads a file, without a byte order mark.</summary>
    /// <exception cref="DataException">The file cannot be read, is empty, larger than <see cref="Most"/> or binary.</exception>
    public static ReadOnlyMemory<byte> Read(string path)
    {
        ReadOnlyMemory<byte> bytes = ReadAll(path);
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.IsEmpty)
            throw new DataException($"{path}: is empty; a text was expected. Check that the file is complete.");
        int zero = bytes.Span.IndexOf((byte)0);
        if (zero >= 0)
            throw ZeroByte(path, LineAt(bytes.Span, zero));
        return bytes;
    }

    /// <summary>Says that a file is no text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line that has a zero byte, from 1.</param>
    public static DataException ZeroByte(string path, long line) => new(
        $"{path}: line {line} has a zero byte, which no text has. Unpack the file if it is compressed, or convert it to UTF-8.");

    /// <summary>Says that a file holds nothing that can be learned.</summary>
    /// <param name="path">The file.</param>
    public static DataException NoText(string path) => new(
        $"{path}: holds no words; a text needs at least one. Check that the file is complete.");

    /// <summary>The line that a place is in, from 1.</summary>
    public static long LineAt(ReadOnlySpan<byte> text, int place) => 1L + text[..place].Count((byte)'\n');

    private static byte[] ReadAll(string path)
    {
        try
        {
            return RegularFile.ReadBytes(path, Most);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read: {cause.Message} Use a text file of at most 512 MiB.", cause);
        }
    }
}
