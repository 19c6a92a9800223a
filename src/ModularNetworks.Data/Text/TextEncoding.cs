using System.Buffers;
using System.Text;

namespace ModularNetworks.Data;

/// <summary>
/// Turns text into numbers and numbers into text: the unit in which a text is read, and the units that have numbers, those of the
/// training text.
/// </summary>
public sealed class TextEncoding
{
    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \t\r\n");

    private readonly BytePairs? _pairs;

    /// <summary>Creates the encoding.</summary>
    /// <param name="unit">What a number stands for.</param>
    /// <param name="vocabulary">The words, characters or tokens that have numbers.</param>
    /// <param name="merges">
    /// The merges of byte-pair encoding in the order in which they are applied, each two tokens with a space between them; null for words and
    /// characters.
    /// </param>
    /// <exception cref="ArgumentException">Merges are missing, or there are some of words or characters.</exception>
    /// <exception cref="DataException">The vocabulary has something else than such words, characters or tokens.</exception>
    public TextEncoding(TextUnit unit, Vocabulary vocabulary, IReadOnlyList<string>? merges = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        (Unit, Vocabulary) = (unit, vocabulary);
        if ((unit == TextUnit.Bpe) != (merges is not null))
            throw new ArgumentException("TextEncoding: merges belong to byte-pair encoding, and to nothing else.", nameof(merges));
        if (merges is not null)
        {
            _pairs = new BytePairs(vocabulary, merges);
            return;
        }
        if (vocabulary.Words.FirstOrDefault(word => !IsUnit(word)) is { } other)
            throw new DataException($"Vocabulary: '{ShownText.Of(other)}' is no {UnitName} that a text can have. Use a vocabulary of {UnitName}s.");
    }

    /// <summary>The unit that a number stands for.</summary>
    public TextUnit Unit { get; }

    /// <summary>
    /// The words, characters or tokens that have numbers. A token is written with a visible character for each byte, as in the vocabulary of
    /// GPT-2: Ġ is a space, and Ċ a line end.
    /// </summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The merges of byte-pair encoding; null for words and characters.</summary>
    public IReadOnlyList<string>? Merges => _pairs?.Merges;

    /// <summary>The name of the unit in English: <c>word</c>, <c>character</c> or <c>token</c>.</summary>
    public string UnitName => NameOf(Unit);

    /// <summary>The number to read before a text begins: that of the line end, or the most frequent one if the training text has no line end.</summary>
    public int Start
    {
        get
        {
            string lineEnd = Unit switch
            {
                TextUnit.Word => Vocabulary.EndOfSentence,
                TextUnit.Character => "\n",
                _ => ByteLetters.Of((byte)'\n').ToString(),
            };
            return Vocabulary.Contains(lineEnd) ? Vocabulary.IdOf(lineEnd) : 0;
        }
    }

    /// <summary>The name of a unit in English: <c>word</c>, <c>character</c> or <c>token</c>.</summary>
    public static string NameOf(TextUnit unit) => unit == TextUnit.Bpe ? "token" : unit.ToString().ToLowerInvariant();

    /// <summary>
    /// Turns the beginning of a text into numbers, as files of texts are read. A word at the end is whole, but its line goes on.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The numbers, and what <c>&lt;unk&gt;</c> stands for among them.</returns>
    /// <exception cref="DataException">The text has words or characters without a number, and there is no <c>&lt;unk&gt;</c>; or a zero byte.</exception>
    public EncodedText Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>();
        var others = new List<string>();
        UnitReader.Read(Unit, text, unit =>
        {
            if (_pairs is null && !Vocabulary.Contains(unit))
                others.Add(unit.ToString());
            AddTo(ids, unit);
        });
        string[] unknown = [.. others.Distinct()];
        return unknown.Length == 0 || Vocabulary.Contains(Vocabulary.Unknown) ? new EncodedText(ids, unknown) : throw new DataException(
            $"{string.Join(", ", unknown.Select(unit => $"'{ShownText.Of(unit)}'"))} {(unknown.Length == 1 ? "is" : "are")} not among the "
            + $"{Vocabulary.Count} {UnitName}s of the training text, which has no '{Vocabulary.Unknown}' to stand for others. Use {UnitName}s of the training text.");
    }

    /// <summary>Begins to turn numbers into text.</summary>
    public TextDecoder StartDecoding() => new(this);

    /// <summary>
    /// The text of a number by itself: the word or character; of a token the text of its bytes, and <c>\xE2</c> for a byte that belongs to a
    /// character of several tokens.
    /// </summary>
    /// <param name="id">The number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public string TextOf(int id) => _pairs is null ? Vocabulary[id] : TextOfBytes(ByteLetters.BytesOf(Vocabulary[id]));

    /// <summary>Adds the numbers of a unit that a <see cref="UnitReader"/> gave; -1 for what is unknown, if nothing stands for it.</summary>
    internal void AddTo(List<int> ids, ReadOnlySpan<char> unit)
    {
        if (_pairs is not null)
        {
            ids.AddRange(_pairs.Encode(unit));
            return;
        }
        Vocabulary.TryGetId(unit, out int id);
        ids.Add(id);
    }

    private static string TextOfBytes(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            bool isWhole = Rune.DecodeFromUtf8(bytes, out var character, out int length) == OperationStatus.Done;
            text.Append(isWhole ? character.ToString() : $@"\x{bytes[0]:X2}");
            bytes = bytes[(isWhole ? length : 1)..];
        }
        return text.ToString();
    }

    private bool IsUnit(string text)
    {
        if (Unit == TextUnit.Word)
            return text.Length > 0 && !text.AsSpan().ContainsAny(WhiteSpace);
        return text == Vocabulary.Unknown || (text.Length > 0 && Rune.TryGetRuneAt(text, 0, out var rune) && rune.Utf16SequenceLength == text.Length);
    }
}

/// <summary>A text in numbers.</summary>
/// <param name="Ids">The numbers, <c>[words]</c>, <c>[characters]</c> or <c>[tokens]</c>.</param>
/// <param name="Unknown">The words or characters that have no number of their own, so that <c>&lt;unk&gt;</c> stands for them.</param>
public sealed record EncodedText(IReadOnlyList<int> Ids, IReadOnlyList<string> Unknown);
