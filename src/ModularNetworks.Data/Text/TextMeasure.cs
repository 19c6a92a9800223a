using System.Buffers;
using System.IO.Hashing;
using System.Text;
using System.Text.Unicode;

namespace ModularNetworks.Data;

/// <summary>Reads a text once, piece by piece in the order of the file, to check it and to count lines and characters.</summary>
/// <param name="path">The file.</param>
/// <param name="stage">Is told how many bytes are read; null if nobody is.</param>
internal sealed class TextMeasure(string path, DataStage? stage = null)
{
    private const int BufferSize = 1 << 16;
    private const int BytesShown = 8;

    private readonly byte[] _buffer = new byte[BufferSize];
    private long _line = 1;
    private byte _last;

    /// <summary>Whether there was anything but white space.</summary>
    public bool HasText { get; private set; }

    /// <summary>Reads the next piece.</summary>
    /// <returns>The piece with its first line, its number of characters and its checksum.</returns>
    /// <exception cref="DataException">It is no UTF-8 text, or the file cannot be read.</exception>
    public TextPiece Measure(TextPiece piece)
    {
        long firstLine = _line, characters = 0;
        var checksum = new XxHash128();
        using var stream = piece.Open(stage);
        int kept = 0;
        for (int read = Fill(stream, kept); read > 0; read = Fill(stream, kept))
        {
            var text = _buffer.AsSpan(0, kept + read);
            var whole = text[..WholeCharacters(text)];
            characters += Take(whole);
            checksum.Append(whole);
            text[whole.Length..].CopyTo(_buffer);
            kept = text.Length - whole.Length;
        }
        return kept > 0 ? throw NotUtf8(_buffer.AsSpan(0, kept), place: 0) : piece with
        {
            FirstLine = firstLine,
            Characters = characters,
            Checksum = Convert.ToHexStringLower(checksum.GetCurrentHash()),
        };
    }

    private int Fill(Stream stream, int kept)
    {
        try
        {
            return stream.Read(_buffer, kept, _buffer.Length - kept);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read near line {_line}: {cause.Message}", cause);
        }
    }

    private long Take(ReadOnlySpan<byte> text)
    {
        RequireText(text);
        long characters = 0;
        foreach (byte value in text)
        {
            // All bytes of a character but its first are 10xxxxxx.
            if ((value & 0xC0) != 0x80 && !(value == '\n' && _last == '\r'))
                characters++;
            if (value == '\n')
                _line++;
            _last = value;
        }
        HasText = HasText || HasTextIn(text);
        return characters;
    }

    private void RequireText(ReadOnlySpan<byte> text)
    {
        int zero = text.IndexOf((byte)0);
        if (!Utf8.IsValid(text))
        {
            int place = 0;
            while (Rune.DecodeFromUtf8(text[place..], out _, out int length) == OperationStatus.Done)
                place += length;
            if (zero < 0 || place < zero)
                throw NotUtf8(text, place);
        }
        if (zero >= 0)
            throw TextFaults.ZeroByte(path, LineAt(text, zero));
    }

    private static bool HasTextIn(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var character, out int length);
            if (!Rune.IsWhiteSpace(character))
                return true;
            text = text[length..];
        }
        return false;
    }

    /// <summary>The number of bytes before a character that goes on behind the buffer.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> text)
    {
        for (int end = text.Length - 1; end >= Math.Max(0, text.Length - 3); end--)
        {
            if ((text[end] & 0xC0) == 0x80)
                continue;
            return Rune.DecodeFromUtf8(text[end..], out _, out _) == OperationStatus.NeedMoreData ? end : text.Length;
        }
        return text.Length;
    }

    private DataException NotUtf8(ReadOnlySpan<byte> text, int place) =>
        TextFaults.NotUtf8(path, LineAt(text, place), text.Slice(place, Math.Min(BytesShown, text.Length - place)));

    private long LineAt(ReadOnlySpan<byte> text, int place) => _line + text[..place].Count((byte)'\n');
}
