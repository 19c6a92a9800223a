using System.Text;

namespace ModularNetworks.Data;

/// <summary>Recognises files that begin as a text of UTF-16 does and are none.</summary>
internal static class BrokenText
{
    // No character, so that no text has it.
    private const char Broken = '\uffff';

    /// <summary>Refuses such a file.</summary>
    /// <param name="start">The start of the file.</param>
    /// <param name="isWhole">Whether the file ends there; if not, its last character may be cut.</param>
    /// <param name="source">The name of the file in messages.</param>
    /// <exception cref="DataException">It is no valid text.</exception>
    public static void Refuse(ReadOnlySpan<byte> start, bool isWhole, string source)
    {
        string? name = start switch
        {
            [0xff, 0xfe, ..] => "utf-16",
            [0xfe, 0xff, ..] => "utf-16BE",
            _ => null,
        };
        if (name is null)
            return;
        string text = Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback($"{Broken}")).GetString(start[2..]);
        int place = text.IndexOf(Broken, StringComparison.Ordinal);
        if (place >= 0 && (isWhole || place < text.Length - 1))
        {
            long line = 1 + text.AsSpan(0, place).Count('\n');
            throw new DataException(
                $"{source}: line {line}: is not valid text; the file begins as UTF-16 does, and has bytes that are no characters of it. "
                + "Check that it is a text file, and save it as UTF-8.");
        }
    }
}
