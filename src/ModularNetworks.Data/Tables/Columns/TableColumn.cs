using System.Globalization;

namespace ModularNetworks.Data;

/// <summary>How the cells of a column become numbers, as fitted on the training rows.</summary>
public sealed record TableColumn
{
    /// <summary>The name in the header; without a header the column's number from 1.</summary>
    public required string Name { get; init; }

    /// <summary>What the cells are.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>The mean of the training rows, which is subtracted; 0 for categories.</summary>
    public double Mean { get; init; }

    /// <summary>The standard deviation of the training rows, which numbers are divided by; 1 if they are all the same.</summary>
    public double Deviation { get; init; } = 1;

    /// <summary>Whether cells of training rows are missing, so that a number tells where: 1 for a missing cell.</summary>
    public bool HasMissing { get; init; }

    /// <summary>How numbers are written; null for plain digits with the decimal sign of the table.</summary>
    public NumberForm? NumberForm { get; init; }

    /// <summary>How dates are written; null for the usual ways.</summary>
    public DateForm? DateForm { get; init; }

    /// <summary>The words of a category, a number each; null for other kinds.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>The texts of cells that count as missing, the empty one among them.</summary>
    public static IReadOnlyList<string> MissingCells => CellValue.MissingCells;

    private IReadOnlyList<string> Words => Categories ?? throw new InvalidOperationException(
        $"TableColumn {Name}: it holds a category, and the words are not told. Set Categories.");

    /// <summary>The number of numbers that a cell becomes; 0 if the column is left out.</summary>
    public int Features() => Kind switch
    {
        ColumnKind.Number or ColumnKind.Date or ColumnKind.YesNo => HasMissing ? 2 : 1,
        ColumnKind.Category => Words.Count + (HasMissing ? 1 : 0),
        _ => 0,
    };

    /// <summary>An example of the way in which numbers or dates are written; null if it is the usual one.</summary>
    public string? FormExample() => Kind switch
    {
        ColumnKind.Number => NumberForm?.ToString(),
        ColumnKind.Date => DateForm is { } form ? DateForms.ExampleOf(form) : null,
        _ => null,
    };

    /// <summary>The cells that the column takes, in words.</summary>
    public string Expected() => Kind switch
    {
        ColumnKind.Number => FormExample() is { } example ? $"a number such as {example}" : "a finite number",
        ColumnKind.Date => FormExample() is { } example ? $"a date such as {example}" : "a date",
        ColumnKind.YesNo => "yes or no",
        _ => "a word",
    };

    /// <summary>What is expected in place of a cell that the column does not take, in words.</summary>
    internal string Expected(ReadOnlySpan<char> cell, NumberFormatInfo format) =>
        Kind == ColumnKind.Number ? CellValue.ExpectedNumber(cell, NumberForm, format) : Expected();

    /// <summary>
    /// Makes numbers of a cell. A missing cell is the mean, or no category. A word that no training row has is no category either.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="format">The format of numbers.</param>
    /// <param name="features">Receives the numbers, <c>[features]</c>.</param>
    /// <returns>Whether the cell is of the column's kind.</returns>
    internal bool TryEncode(ReadOnlySpan<char> cell, NumberFormatInfo format, Span<float> features)
    {
        features.Clear();
        if (features.IsEmpty)
            return true;
        if (CellValue.IsMissing(cell))
        {
            if (HasMissing)
                features[^1] = 1;
            return true;
        }
        if (Kind == ColumnKind.Category)
        {
            int place = PlaceOf(cell);
            if (place >= 0)
                features[place] = 1;
            return true;
        }
        bool isOfKind = TryNumber(cell, format, out double number);
        features[0] = (float)((number - Mean) / Deviation);
        return isOfKind && float.IsFinite(features[0]);
    }

    /// <summary>Reads a cell as the number that it is by the column's kind.</summary>
    internal bool TryNumber(ReadOnlySpan<char> cell, NumberFormatInfo format, out double number) => Kind switch
    {
        ColumnKind.Date => DateForm is { } form ? DateForms.TryRead(form, cell, out number) : CellValue.TryDate(cell, out number),
        ColumnKind.YesNo => CellValue.TryAnswer(cell, out number),
        _ => CellValue.TryNumber(cell, NumberForm, format, out number),
    };

    private int PlaceOf(ReadOnlySpan<char> category)
    {
        // Categories are few and in ordinal order.
        int from = 0, to = Words.Count - 1;
        while (from <= to)
        {
            int middle = (from + to) / 2;
            int order = Words[middle].AsSpan().SequenceCompareTo(category);
            if (order == 0)
                return middle;
            (from, to) = order < 0 ? (middle + 1, to) : (from, middle - 1);
        }
        return -1;
    }
}
