using System.Globalization;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>A text's words, characters or tokens as people read them: characters that would end a line are written as in C#.</summary>
/// <param name="corpus">The text.</param>
internal sealed class ReadableText(TextCorpus corpus)
{
    private readonly string[] _tokens =
        [.. Enumerable.Range(0, corpus.Vocabulary.Count).Select(id => string.Concat(corpus.Encoding.TextOf(id).Select(Escape)))];

    /// <summary>The name of a unit: <c>word</c>, <c>character</c> or <c>token</c>.</summary>
    public string UnitName => corpus.Encoding.UnitName;

    /// <summary>The number of different words, characters or tokens.</summary>
    public int Count => _tokens.Length;

    /// <summary>The types of the words, characters or tokens.</summary>
    public TokenTypes Types { get; } = corpus.Encoding.Unit switch
    {
        TextUnit.Word => TokenTypes.Words,
        TextUnit.Character => TokenTypes.Characters,
        _ => TokenTypes.Tokens,
    };

    /// <summary>How many words, characters or tokens are quoted before the one that a module reads.</summary>
    public int QuotedBefore => corpus.Encoding.Unit switch
    {
        TextUnit.Word => 4,
        TextUnit.Character => 30,
        _ => 8,
    };

    /// <summary>How many words, characters or tokens are quoted after it.</summary>
    public int QuotedAfter => corpus.Encoding.Unit switch
    {
        TextUnit.Word => 3,
        TextUnit.Character => 20,
        _ => 6,
    };

    /// <summary>The word, character or token of an id. A space at its beginning could not be seen.</summary>
    public string this[int id] => _tokens[id] is [' ', .. var rest] ? "␣" + rest : _tokens[id];

    /// <summary>The type of an id's word, character or token, a place in the names of <see cref="Types"/>.</summary>
    public int TypeOf(int id) => Types.Of(corpus.Encoding.TextOf(id));

    /// <summary>A piece of the text in one line.</summary>
    public string Line(ReadOnlySpan<int> ids)
    {
        string[] tokens = new string[ids.Length];
        for (int i = 0; i < ids.Length; i++)
            tokens[i] = _tokens[ids[i]];
        return string.Join(corpus.Encoding.Unit == TextUnit.Word ? " " : "", tokens);
    }

    private static string Escape(char character) => character switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ when char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator =>
            $@"\u{(int)character:x4}",
        _ => character.ToString(),
    };
}
