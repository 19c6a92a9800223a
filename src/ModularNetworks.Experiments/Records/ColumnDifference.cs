using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>A column of a table in which the rows of a module differ from all rows.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Kind"><c>number</c>, <c>date</c>, <c>yesNo</c>, <c>category</c>, or <c>missing</c> for the cells that are missing.</param>
/// <param name="Word">The word of a category; else null.</param>
/// <param name="Mean">
/// The mean of the module's rows in the units of the column: days since 1970 of dates; of words, missing cells, and yes and no, the share of rows
/// that have the word, none, or yes.
/// </param>
/// <param name="MeanOfAll">The same for all rows.</param>
/// <param name="Deviations">The difference of the two in standard deviations over all rows.</param>
public sealed record ColumnDifference(string Column, string Kind, string? Word, double Mean, double MeanOfAll, double Deviations)
{
    /// <summary>The kind of words.</summary>
    internal const string Category = "category";

    /// <summary>The kind of cells that are missing.</summary>
    internal const string Missing = "missing";

    /// <summary>The kind of a column.</summary>
    internal static string KindOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "number",
        ColumnKind.Date => "date",
        ColumnKind.YesNo => "yesNo",
        _ => Category,
    };
}

/// <summary>The mean of a number that is predicted, over the rows of a module.</summary>
/// <param name="Column">The name of the target.</param>
/// <param name="Mean">The mean over the module's rows.</param>
/// <param name="MeanOfAll">The mean over all rows.</param>
public sealed record TargetMean(string Column, double Mean, double MeanOfAll);
