namespace ModularNetworks.Data;

/// <summary>Says that a file is no text.</summary>
internal static class TextFaults
{
    /// <summary>Says that a file is no text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line that has a zero byte, from 1.</param>
    public static DataException ZeroByte(string path, long line) => new(
        $"{path}: line {line} has a zero byte, which no text has. Unpack the file if it is compressed, or convert it to UTF-8.");

    /// <summary>Says that a file has the byte order mark of UTF-16.</summary>
    /// <param name="path">The file.</param>
    public static DataException Utf16(string path) => new(
        $"{path}: is UTF-16 text. Save it as UTF-8, for example by 'iconv -f UTF-16 -t UTF-8'.");

    /// <summary>Says that bytes are no UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line that they stand in, from 1.</param>
    /// <param name="bytes">Some of the bytes.</param>
    public static DataException NotUtf8(string path, long line, ReadOnlySpan<byte> bytes) => new(
        $"{path}: line {line} is not valid UTF-8 text (bytes {Convert.ToHexString(bytes)}). Save the file as UTF-8 (older files of Windows: 'iconv -f WINDOWS-1252 -t UTF-8'), or "
        + "check that this is a text file.");

    /// <summary>Says that a file holds nothing that can be learned.</summary>
    /// <param name="path">The file.</param>
    public static DataException NoText(string path) => new(
        $"{path}: holds no words; a text needs at least one. Check that the file is complete.");
}
