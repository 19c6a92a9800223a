namespace ModularNetworks.Data;

/// <summary>
/// A visible character for each byte, in which tokens of bytes are written: the bytes that are visible in Latin-1 stand for themselves,
/// and the others, in their order, for the characters from U+0100 on. So a space is Ġ, and a line end Ċ.
/// </summary>
/// <remarks>Radford et al. (2019) wrote the vocabulary of GPT-2 so, and other programs read such vocabularies.</remarks>
internal static class ByteLetters
{
    private static readonly char[] Letters = Make();
    private static readonly Dictionary<char, byte> Bytes = Letters.Index().ToDictionary(letter => letter.Item, letter => (byte)letter.Index);

    /// <summary>The character of a byte.</summary>
    public static char Of(byte value) => Letters[value];

    /// <summary>Whether a text has only characters of bytes.</summary>
    public static bool Has(string text) => text.All(Bytes.ContainsKey);

    /// <summary>The bytes that a text of their characters stands for.</summary>
    public static byte[] BytesOf(string text) => [.. text.Select(letter => Bytes[letter])];

    private static char[] Make()
    {
        int next = 0x100;
        return [.. Enumerable.Range(0, 256).Select(value => value is (> ' ' and <= '~') or (>= '¡' and not '\u00AD') ? (char)value : (char)next++)];
    }
}
