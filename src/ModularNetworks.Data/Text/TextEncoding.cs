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

    /// <summary>Creates the encoding.</summary>
    /// <param name="unit">What a number stands for.</param>
    /// <param name="vocabulary">The words or characters that have numbers.</param>
    /// <exception cref="DataException">The vocabulary has something else than such words or characters.</exception>
    public TextEncoding(TextUnit unit, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        (Unit, Vocabulary) = (unit, vocabulary);
        if (vocabulary.Words.FirstOrDefault(word => !IsUnit(word)) is { } other)
            throw new DataException($"Vocabulary: '{ShownText.Of(other)}' is no {UnitName} that a text can have. Use a vocabulary of {UnitName}s.");
    }

    /// <summary>The unit that a number stands for.</summary>
    public TextUnit Unit { get; }

    /// <summary>The words or characters that have numbers.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The name of the unit in English: <c>word</c> or <c>character</c>.</summary>
    public string UnitName => NameOf(Unit);

    /// <summary>The number to read before a text begins: that of the line end, or the most frequent one if the training text has no line end.</summary>
    public int Start
    {
        get
        {
            string lineEnd = Unit == TextUnit.Word ? Vocabulary.EndOfSentence : "\n";
            return Vocabulary.Contains(lineEnd) ? Vocabulary.IdOf(lineEnd) : 0;
        }
    }

    /// <summary>The name of a unit in English: <c>word</c> or <c>character</c>.</summary>
    public static string NameOf(TextUnit unit) => unit == TextUnit.Word ? "word" : "character";

    /// <summary>
    /// Turns the beginning of a text into numbers, as files of texts are read. A word at the end is whole, but its line goes on.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The numbers, and what <c>&lt;unk&gt;</c> stands for among them.</returns>
    /// <exception cref="DataException">The text has words or characters without a number, and there is no <c>&lt;unk&gt;</c>; or a zero byte.</exception>
    public EncodedText Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var units = Split(text);
        string[] unknown = [.. units.Where(unit => !Vocabulary.Contains(unit)).Distinct()];
        if (unknown.Length > 0 && !Vocabulary.Contains(Vocabulary.Unknown))
        {
            throw new DataException(
                $"{string.Join(", ", unknown.Select(unit => $"'{ShownText.Of(unit)}'"))} {(unknown.Length == 1 ? "is" : "are")} not among the "
                + $"{Vocabulary.Count} {UnitName}s of the training text, which has no '{Vocabulary.Unknown}' to stand for others. Use {UnitName}s of the training text.");
        }
        return new EncodedText([.. units.Select(unit => Vocabulary.IdOf(unit))], unknown);
    }

    /// <summary>
    /// The text that a number adds behind another: a character itself; a word after a space, unless it begins a line; a line end for
    /// <c>&lt;eos&gt;</c>. Encoding what numbers add gives the numbers.
    /// </summary>
    /// <param name="id">The number.</param>
    /// <param name="before">The number before it, such as <see cref="Start"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public string Decode(int id, int before)
    {
        string text = Vocabulary[id];
        if (Unit == TextUnit.Character)
            return text;
        if (text == Vocabulary.EndOfSentence)
            return "\n";
        return Vocabulary[before] == Vocabulary.EndOfSentence ? text : " " + text;
    }

    private List<string> Split(string text)
    {
        var units = new List<string>();
        int Add(ReadOnlySpan<char> unit)
        {
            units.Add(unit.ToString());
            return 0;
        }
        new UnitReader(Unit, Add).Read(Encoding.UTF8.GetBytes(text), "the text", out _);
        // The reader ends the last line of a file.
        if (Unit == TextUnit.Word && units.Count > 0 && !text.AsSpan().TrimEnd(" \t\r").EndsWith("\n"))
            units.RemoveAt(units.Count - 1);
        return units;
    }

    private bool IsUnit(string text)
    {
        if (Unit == TextUnit.Word)
            return text.Length > 0 && !text.AsSpan().ContainsAny(WhiteSpace);
        return text == Vocabulary.Unknown || (text.Length > 0 && Rune.TryGetRuneAt(text, 0, out var rune) && rune.Utf16SequenceLength == text.Length);
    }
}

/// <summary>A text in numbers.</summary>
/// <param name="Ids">The numbers, <c>[words]</c> or <c>[characters]</c>.</param>
/// <param name="Unknown">The words or characters that have no number of their own, so that <c>&lt;unk&gt;</c> stands for them.</param>
public sealed record EncodedText(IReadOnlyList<int> Ids, IReadOnlyList<string> Unknown);
