namespace ModularNetworks.Experiments;

/// <summary>The paper's Table 1: test perplexity after 50,000 steps on the Penn Treebank.</summary>
public static class Table1
{
    /// <summary>The rows in the paper's order, with the paper's test perplexities.</summary>
    public static IReadOnlyList<Table1Row> Rows { get; } =
    [
        new(RunOptions.Em, 15, 1, 229.651),
        new(RunOptions.Em, 5, 1, 236.809),
        new(RunOptions.Em, 15, 3, 246.493),
        new(RunOptions.Em, 5, 3, 236.314),
        new(RunOptions.Reinforce, 15, 1, 240.760),
        new(RunOptions.Reinforce, 5, 1, 240.450),
        new(RunOptions.Reinforce, 15, 3, 274.060),
        new(RunOptions.Reinforce, 5, 3, 267.585),
        new(RunOptions.TopK, 15, 1, 422.636),
        new(RunOptions.TopK, 5, 1, 338.275),
        new(RunOptions.Fixed, 1, 1, 247.408),
        new(RunOptions.Fixed, 3, 3, 241.294),
    ];

    /// <summary>What trains the runs of a folder and writes the table.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="disk">Writes to it.</param>
    /// <param name="origin">Says in the table where its numbers come from.</param>
    /// <param name="observer">Is told how it goes on.</param>
    public static Reproduction<Table1Row, RunResult> Reproduction(
        Table1Folder folder, IDisk disk, Origin origin, IReproductionObserver<Table1Row, RunResult> observer)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(origin);
        return new(folder, disk, () => Table1Report.Read(folder, origin).Write(disk, folder.FullPath), origin.Version, observer);
    }
}
