using System.Buffers;
using System.Text;

namespace ModularNetworks.Data;

/// <summary>Reads texts as numbers of their units.</summary>
/// <param name="unit">What a number stands for.</param>
/// <param name="numbers">Numbers the units of all texts that are read.</param>
internal sealed class UnitReader(TextUnit unit, WordNumbers numbers)
{
    private const int BytesShown = 8;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataException">The file cannot be read, or is no UTF-8 text.</exception>
    public int[] Read(string path)
    {
        var text = TextBytes.Read(path);
        return unit == TextUnit.Word ? Words(text, path) : Characters(text.Span, path);
    }

    private int[] Words(ReadOnlyMemory<byte> text, string path)
    {
        using var stream = new MemoryStream(text.ToArray(), writable: false);
        var reader = new WordReader(stream, path);
        var found = new List<int>();
        while (reader.Read())
            found.Add(numbers.Of(reader.Word));
        return reader.HasRead ? [.. found] : throw TextBytes.NoText(path);
    }

    private int[] Characters(ReadOnlySpan<byte> text, string path)
    {
        var found = new List<int>(text.Length);
        Span<char> letters = stackalloc char[2];
        bool hasRead = false;
        for (int place = 0; place < text.Length;)
        {
            var rest = text[place..];
            if (Rune.DecodeFromUtf8(rest, out var character, out int length) != OperationStatus.Done)
                throw NotUtf8(text, place, path);
            if (!rest.StartsWith("\r\n"u8))
                found.Add(numbers.Of(letters[..character.EncodeToUtf16(letters)]));
            place += length;
            hasRead |= !Rune.IsWhiteSpace(character);
        }
        return hasRead ? [.. found] : throw TextBytes.NoText(path);
    }

    private static DataException NotUtf8(ReadOnlySpan<byte> text, int place, string path)
    {
        var bytes = text.Slice(place, Math.Min(BytesShown, text.Length - place));
        return new DataException(
            $"{path}: line {TextBytes.LineAt(text, place)} is not valid UTF-8 text (bytes {Convert.ToHexString(bytes)}). Convert the "
            + "file to UTF-8, or check that this is a text file.");
    }
}
