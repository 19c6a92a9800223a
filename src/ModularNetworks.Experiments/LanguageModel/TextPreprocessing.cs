using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>The preprocessing of texts: how a text is split, and the numbers of its words or characters.</summary>
/// <param name="Unit">The name of the unit that texts are split into: <c>word</c> or <c>character</c>.</param>
/// <param name="Vocabulary">The words or characters; the place of each is its number.</param>
internal sealed record TextPreprocessing(string Unit, IReadOnlyList<string> Vocabulary) : Preprocessing(KindOfData)
{
    /// <summary>The kind of data.</summary>
    public const string KindOfData = "text";

    /// <summary>The preprocessing that an encoding does.</summary>
    public static TextPreprocessing Of(TextEncoding encoding) => new(encoding.UnitName, encoding.Vocabulary.Words);

    /// <summary>Reads the encoding of a run's texts.</summary>
    /// <returns>Null if the run's folder does not tell.</returns>
    /// <exception cref="RunException"><c>preprocessing.json</c> is damaged or was changed.</exception>
    public static TextEncoding? Read(RunFolder folder)
    {
        try
        {
            return TrainingData.ReadPreprocessing<TextPreprocessing>(folder, KindOfData)?.ToEncoding();
        }
        catch (Exception exception) when (exception is DataException or FormatException)
        {
            throw PreprocessingFile.Damaged(folder, exception);
        }
    }

    private TextEncoding ToEncoding()
    {
        TextUnit[] named = [.. Enum.GetValues<TextUnit>().Where(unit => TextEncoding.NameOf(unit) == Unit)];
        return named is [var unit]
            ? new TextEncoding(unit, Data.Vocabulary.FromOrderedWords(Vocabulary))
            : throw new FormatException($"its unit is {Unit}; word or character was expected.");
    }
}
