namespace ModularNetworks.Experiments;

/// <summary>The paper's Table 1: test perplexity after 50,000 steps on the Penn Treebank.</summary>
public static class Table1
{
    /// <summary>The rows in the paper's order, with the paper's test perplexities.</summary>
    public static IReadOnlyList<Table1Row> Rows { get; } =
    [
        new(TrainingMethods.Em, 15, 1, 229.651),
        new(TrainingMethods.Em, 5, 1, 236.809),
        new(TrainingMethods.Em, 15, 3, 246.493),
        new(TrainingMethods.Em, 5, 3, 236.314),
        new(TrainingMethods.Reinforce, 15, 1, 240.760),
        new(TrainingMethods.Reinforce, 5, 1, 240.450),
        new(TrainingMethods.Reinforce, 15, 3, 274.060),
        new(TrainingMethods.Reinforce, 5, 3, 267.585),
        new(TrainingMethods.TopK, 15, 1, 422.636),
        new(TrainingMethods.TopK, 5, 1, 338.275),
        new(TrainingMethods.Fixed, 1, 1, 247.408),
        new(TrainingMethods.Fixed, 3, 3, 241.294),
    ];

    /// <summary>The reproduction that trains the runs of a folder and writes the table.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="disk">Writes to the folder.</param>
    /// <param name="origin">The origin of the numbers, which the table tells.</param>
    /// <param name="observer">Is told how the reproduction goes on.</param>
    public static Reproduction<Table1Row, RunResult> Reproduction(
        Table1Folder folder, IDisk disk, Origin origin, IReproductionObserver<Table1Row, RunResult> observer)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(origin);
        return new(folder, disk, () => Table1Report.Read(folder, origin).Write(disk, folder.FullPath), origin.Version, observer);
    }
}
