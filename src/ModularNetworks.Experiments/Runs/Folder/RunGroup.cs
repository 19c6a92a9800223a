namespace ModularNetworks.Experiments;

/// <summary>A folder whose run folders are parts of one thing: of a comparison, a suite, a table or a figure. Its files tell what it is.</summary>
public static class RunGroup
{
    /// <summary>The results of a comparison.</summary>
    public const string Comparison = "compare.json";

    /// <summary>The plan of a comparison, which is there before any result.</summary>
    public const string ComparisonPlan = "plan.json";

    /// <summary>The results of a suite.</summary>
    public const string Suite = "suite.json";

    /// <summary>The results of the paper's Table 1.</summary>
    public const string Table1 = "table1.json";

    /// <summary>The results of the paper's Figure 6.</summary>
    public const string Figure6 = "figure6.json";

    private static readonly string[] Files = [Comparison, ComparisonPlan, Suite, Table1, Figure6];

    /// <summary>Whether a folder is one.</summary>
    /// <param name="folder">The folder.</param>
    public static bool Exists(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Files.Any(file => File.Exists(Path.Combine(folder, file)));
    }
}
