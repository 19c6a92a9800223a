using System.Diagnostics;
using System.Text.Json.Nodes;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Tests;

public sealed class CompareSampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CompareSampleTests() => File.WriteAllText(_folder["t.csv"], CompareTests.Rows());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_sample_goes_on_with_a_comparison_and_tells_its_answer()
    {
        string plan = _folder["s/plan.json"];
        var question = new ComparisonQuestion(new TableOptions { Data = _folder["t.csv"], Target = "y" }, BudgetMinutes: 600);
        ModuleComparison.Open(_folder["s"], question, stop: TestContext.Current.CancellationToken);
        var planned = JsonNode.Parse(File.ReadAllText(plan))!;
        (planned["steps"], planned["trials"], planned["seeds"], planned["seedsAreSettled"]) = (4, 1, 2, true);
        File.WriteAllText(plan, planned.ToJsonString());
        string[] arguments = [Path.Join(AppContext.BaseDirectory, "DoModulesPay.dll"), _folder["t.csv"], "y", "600", _folder["s"]];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string said = process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n");
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        var report = JsonNode.Parse(File.ReadAllText(_folder["s/compare.json"]))!;
        Assert.StartsWith("dense: r2 ", said, StringComparison.Ordinal);
        Assert.EndsWith($"\n{report["answer"]!["sentence"]!.GetValue<string>()}\n", said, StringComparison.Ordinal);
    }
}
