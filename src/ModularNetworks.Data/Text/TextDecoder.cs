using System.Text;

namespace ModularNetworks.Data;

/// <summary>
/// Turns numbers into text, one after the other: a character is itself; a word comes after a space, unless it begins a line;
/// <c>&lt;eos&gt;</c> is a line end; of tokens of bytes, a character comes as soon as all of its bytes are there. Encoding what numbers add
/// gives text that is the same.
/// </summary>
public sealed class TextDecoder
{
    private readonly TextEncoding _encoding;
    private readonly Decoder _bytes = Encoding.UTF8.GetDecoder();
    private int _last;

    internal TextDecoder(TextEncoding encoding) => (_encoding, _last) = (encoding, encoding.Start);

    /// <summary>The text that a number adds behind those before it; nothing if the bytes of a character are not all there.</summary>
    /// <param name="id">The number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    /// <remarks>Bytes that begin no character, which a model may put out, give U+FFFD.</remarks>
    public string Add(int id)
    {
        string unit = _encoding.Vocabulary[id];
        int before = _last;
        _last = id;
        return _encoding.Unit switch
        {
            TextUnit.Character => unit,
            TextUnit.Word when unit == Vocabulary.EndOfSentence => "\n",
            TextUnit.Word => _encoding.Vocabulary[before] == Vocabulary.EndOfSentence ? unit : " " + unit,
            _ => Decode(ByteLetters.BytesOf(unit)),
        };
    }

    private string Decode(byte[] bytes)
    {
        char[] letters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        return new string(letters, 0, _bytes.GetChars(bytes, letters, flush: false));
    }
}
