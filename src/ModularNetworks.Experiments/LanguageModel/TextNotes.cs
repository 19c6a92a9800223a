using System.Globalization;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Says in lines how a text was read.</summary>
internal static class TextNotes
{
    /// <summary>The lines; none of a text whose files are not known.</summary>
    public static IEnumerable<string> Of(TextCorpus corpus)
    {
        if (corpus.Origin is not { } origin)
            yield break;
        string unit = corpus.Encoding.UnitName;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"text: {Named(origin.Files)}, {Counted.Of(origin.Bytes, "byte")}; vocabulary of {Counted.Of(corpus.Vocabulary.Count, unit)}; {Counted.Of(corpus.Train.Length, unit)} for training, "
            + $"{corpus.Valid.Length} for validation, {corpus.Test.Length} for the test");
        if (corpus.Characters is not null && corpus.Vocabulary.Contains(Vocabulary.Unknown))
            yield return $"{Vocabulary.Unknown} stands for {unit}s that are not in the vocabulary; bits/character leaves out what it hides, and is too low for that";
    }

    private static string Named(IReadOnlyList<string> files)
    {
        const int Most = 3;
        string named = string.Join(", ", files.Take(Most).Select(Path.GetFileName));
        string more = files.Count > Most ? $" and {Counted.Of(files.Count - Most, "more file")}" : "";
        return string.Concat((named + more).Select(letter => char.IsControl(letter) ? '?' : letter));
    }
}
