using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>A planned comparison on a table of two columns.</summary>
internal sealed class SmallComparison
{
    /// <summary>The name of its folder in the sandbox.</summary>
    public const string Folder = "compare";

    private readonly Sandbox _sandbox;
    private readonly ComparisonQuestion _question;

    /// <summary>Plans it.</summary>
    /// <param name="sandbox">Where.</param>
    public SmallComparison(Sandbox sandbox)
    {
        _sandbox = sandbox;
        string table = sandbox["t.csv"];
        File.WriteAllText(table, "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"{row % 7}.5,{row % 5}\n")));
        var options = new TableOptions { Data = table, Target = "y", Modules = 2, BatchSize = 4, Steps = 2, Network = new() { Hidden = 2 }, Threads = 1 };
        _question = new ComparisonQuestion(options, BudgetMinutes: 10_000) { Jobs = 1 };
        Open();
        sandbox.PutAllThatIsThere();
    }

    /// <summary>Opens it again.</summary>
    public void Open() => ModuleComparison.Open(_sandbox[Folder], _question, new HastyDisk());
}
