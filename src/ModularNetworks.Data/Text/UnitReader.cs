using System.Buffers;
using System.Text;

namespace ModularNetworks.Data;

/// <summary>Reads texts as numbers of their units.</summary>
/// <param name="unit">What a number stands for.</param>
/// <param name="numberOf">Numbers the units.</param>
internal sealed class UnitReader(TextUnit unit, Func<ReadOnlySpan<char>, int> numberOf)
{
    private const int BytesShown = 8;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataException">The file cannot be read, or is no UTF-8 text.</exception>
    public int[] Read(string path)
    {
        int[] found = Read(TextBytes.Read(path), path, out bool hasRead);
        return hasRead ? found : throw TextBytes.NoText(path);
    }

    /// <summary>Reads a text in memory.</summary>
    /// <param name="text">UTF-8, without a byte order mark.</param>
    /// <param name="source">The name of the text in messages.</param>
    /// <param name="hasRead">Whether there is more than white space in it.</param>
    /// <exception cref="DataException">It is no UTF-8 text.</exception>
    public int[] Read(ReadOnlyMemory<byte> text, string source, out bool hasRead) =>
        unit == TextUnit.Word ? Words(text, source, out hasRead) : Characters(text.Span, source, out hasRead);

    private int[] Words(ReadOnlyMemory<byte> text, string source, out bool hasRead)
    {
        using var stream = new MemoryStream(text.ToArray(), writable: false);
        var reader = new WordReader(stream, source);
        var found = new List<int>();
        while (reader.Read())
            found.Add(numberOf(reader.Word));
        hasRead = reader.HasRead;
        return [.. found];
    }

    private int[] Characters(ReadOnlySpan<byte> text, string source, out bool hasRead)
    {
        var found = new List<int>(text.Length);
        Span<char> letters = stackalloc char[2];
        hasRead = false;
        for (int place = 0; place < text.Length;)
        {
            var rest = text[place..];
            if (Rune.DecodeFromUtf8(rest, out var character, out int length) != OperationStatus.Done)
                throw NotUtf8(text, place, source);
            if (!rest.StartsWith("\r\n"u8))
                found.Add(numberOf(letters[..character.EncodeToUtf16(letters)]));
            place += length;
            hasRead |= !Rune.IsWhiteSpace(character);
        }
        return [.. found];
    }

    private static DataException NotUtf8(ReadOnlySpan<byte> text, int place, string source)
    {
        var bytes = text.Slice(place, Math.Min(BytesShown, text.Length - place));
        return new DataException(
            $"{source}: line {TextBytes.LineAt(text, place)} is not valid UTF-8 text (bytes {Convert.ToHexString(bytes)}). Convert the "
            + "file to UTF-8, or check that this is a text file.");
    }
}
