using System.Text.Json.Serialization;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>The preprocessing of texts: how a text is split, and the numbers of its words, characters or tokens.</summary>
/// <param name="Unit">The name of the unit that texts are split into: <c>character</c>, <c>word</c> or <c>bpe</c>.</param>
/// <param name="Vocabulary">The words, characters or tokens; the place of each is its number.</param>
/// <param name="Merges">The merges of byte-pair encoding; null for words and characters.</param>
[CompiledJson(typeof(TextPreprocessingTypes))]
internal sealed record TextPreprocessing(string Unit, IReadOnlyList<string> Vocabulary, IReadOnlyList<string>? Merges = null) : Preprocessing(KindOfData)
{
    /// <summary>The kind of data.</summary>
    public const string KindOfData = "text";

    /// <summary>The preprocessing that an encoding does.</summary>
    public static TextPreprocessing Of(TextEncoding encoding) => new(NameOf(encoding.Unit), encoding.Vocabulary.Words, encoding.Merges);

    /// <summary>Reads the encoding of a run's texts.</summary>
    /// <returns>Null if the run's folder does not tell.</returns>
    /// <exception cref="RunException"><c>preprocessing.json</c> is damaged or was changed.</exception>
    public static TextEncoding? Read(RunFolder folder)
    {
        try
        {
            return TrainingData.ReadPreprocessing<TextPreprocessing>(folder, KindOfData)?.ToEncoding();
        }
        catch (Exception exception) when (exception is DataException or FormatException or ArgumentException)
        {
            throw PreprocessingFile.Damaged(folder, exception);
        }
    }

    private static string NameOf(TextUnit unit) => unit.ToString().ToLowerInvariant();

    private TextEncoding ToEncoding()
    {
        TextUnit[] named = [.. Enum.GetValues<TextUnit>().Where(unit => NameOf(unit) == Unit)];
        return named is [var unit]
            ? new TextEncoding(unit, Data.Vocabulary.FromOrderedWords(Vocabulary), Merges)
            : throw new FormatException($"its unit is {Unit}; character, word or bpe was expected.");
    }
}

/// <summary>The records of this file, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(TextPreprocessing))]
internal sealed partial class TextPreprocessingTypes : JsonSerializerContext;
