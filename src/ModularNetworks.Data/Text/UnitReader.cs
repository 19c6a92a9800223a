using System.Text;

namespace ModularNetworks.Data;

/// <summary>Takes a unit of a text, such as a word.</summary>
/// <param name="unit">The unit; valid until the method returns.</param>
internal delegate void TakeUnit(ReadOnlySpan<char> unit);

/// <summary>Reads texts unit by unit: characters, words, or the lines that byte-pair encoding takes.</summary>
internal static class UnitReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a piece of a file.</summary>
    /// <param name="unit">The kind of units.</param>
    /// <param name="piece">The piece.</param>
    /// <param name="take">Takes the units.</param>
    /// <param name="stage">Is told how many bytes are read; null if nobody is.</param>
    /// <exception cref="DataException">The file cannot be read, or was changed since it was measured.</exception>
    public static void Read(TextUnit unit, TextPiece piece, TakeUnit take, DataStage? stage = null)
    {
        using var stream = piece.Open(stage);
        try
        {
            Read(unit, stream, (piece.Path, piece.FirstLine), piece.EndsFile, take);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new DataException($"{piece.Path}: cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>Reads a text in memory. Its last line goes on.</summary>
    public static void Read(TextUnit unit, string text, TakeUnit take)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);
        Read(unit, stream, ("the text", 1), endsLastLine: false, take);
    }

    private static void Read(TextUnit unit, Stream stream, (string Name, long FirstLine) source, bool endsLastLine, TakeUnit take)
    {
        if (unit == TextUnit.Word)
        {
            var reader = new WordReader(stream, source.Name, source.FirstLine, endsLastLine);
            while (reader.Read())
                take(reader.Word);
            return;
        }
        using var letters = new StreamReader(stream, Strict, detectEncodingFromByteOrderMarks: false);
        if (unit == TextUnit.Character)
            ReadCharacters(letters, take);
        else
            ReadLines(letters, take);
    }

    private static void ReadCharacters(StreamReader letters, TakeUnit take)
    {
        Span<char> character = stackalloc char[2];
        for (int next = letters.Read(); next >= 0; next = letters.Read())
        {
            character[0] = (char)next;
            bool isPair = char.IsHighSurrogate((char)next);
            if (isPair)
                character[1] = (char)letters.Read();
            if (next != '\r' || letters.Peek() != '\n')
                take(character[..(isPair ? 2 : 1)]);
        }
    }

    private static void ReadLines(StreamReader letters, TakeUnit take)
    {
        var line = new char[BytePairPieces.LongestLine];
        int length = 0;
        for (int next = letters.Read(); next >= 0; next = letters.Read())
        {
            line[length++] = (char)next;
            // A pair of surrogates is one character.
            if (next != '\n' && (length < line.Length - 1 || char.IsHighSurrogate((char)next)))
                continue;
            take(line.AsSpan(0, length));
            length = 0;
        }
        if (length > 0)
            take(line.AsSpan(0, length));
    }
}
