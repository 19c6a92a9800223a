namespace ModularNetworks.Experiments;

/// <summary>A run of a row of the table: one training.</summary>
/// <param name="Row">The row.</param>
/// <param name="Seed">Decides every random choice.</param>
public sealed record Table1Run(Table1Row Row, ulong Seed)
{
    /// <summary>The run's name, which is that of its folder, such as <c>em-15-1-seed-1</c>.</summary>
    public string Name => $"{Row.Name}-seed-{Seed}";

    /// <summary>The runs of some rows, the first seed of all rows first, so that a whole table is there early.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="seeds">The number of seeds; they are 1, 2, and so on.</param>
    public static IReadOnlyList<Table1Run> Of(IEnumerable<Table1Row> rows, int seeds) =>
        [.. Enumerable.Range(1, seeds).SelectMany(seed => rows.Select(row => new Table1Run(row, (ulong)seed)))];
}
