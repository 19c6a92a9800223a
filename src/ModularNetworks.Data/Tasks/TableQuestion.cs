namespace ModularNetworks.Data;

/// <summary>What is to be predicted from a table, and how its rows are split.</summary>
public sealed record TableQuestion
{
    /// <summary>The column to predict: a name in the header or, if none is called so, a number from 1.</summary>
    public required string Target { get; init; }

    /// <summary>Whether the target is classes or a number.</summary>
    public TargetKind TargetKind { get; init; }

    /// <summary>How rows are split.</summary>
    public TableSplit Split { get; init; }

    /// <summary>The share of the rows to decide by.</summary>
    public double ValidShare { get; init; } = 0.1;

    /// <summary>The share of the rows to measure generalisation with.</summary>
    public double TestShare { get; init; } = 0.1;

    /// <summary>Which ways of writing numbers and dates are read.</summary>
    public TableSpelling Spelling { get; init; }

    /// <summary>The columns whose cells are words in any case.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The columns that are left out.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The columns that are inputs also if their cells look like those of an identifier.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>The columns that clusters of rows are made of; none for all.</summary>
    public IReadOnlyList<string> ClusterColumns { get; init; } = [];
}
