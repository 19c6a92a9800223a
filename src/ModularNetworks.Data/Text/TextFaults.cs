namespace ModularNetworks.Data;

/// <summary>Says that a file is no text.</summary>
internal static class TextFaults
{
    /// <summary>Says that a file is no text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line that has a zero byte, from 1.</param>
    public static DataException ZeroByte(string path, long line) => new(
        $"{path}: line {line} has a zero byte, which no text has. Unpack the file if it is compressed, or convert it to UTF-8.");

    /// <summary>Says that a file holds nothing that can be learned.</summary>
    /// <param name="path">The file.</param>
    public static DataException NoText(string path) => new(
        $"{path}: holds no words; a text needs at least one. Check that the file is complete.");
}
