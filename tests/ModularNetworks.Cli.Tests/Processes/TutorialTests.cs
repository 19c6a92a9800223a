using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModularNetworks.Data;
using ModularNetworks.Experiments;
using Spectre.Console;

namespace ModularNetworks.Cli.Tests;

/// <summary>
/// Follows <c>docs/tutorial.md</c> line by line. Its comparison takes few steps instead of two minutes, and its server, which does not end by itself, runs in
/// this process and is asked what the tutorial asks.
/// </summary>
public sealed partial class TutorialTests : IDisposable
{
    private const string Compare = "./modnet compare", Serve = "./modnet serve", Ask = "curl ";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_command_of_the_tutorial_works()
    {
        string[] commands = [.. Blocks().Matches(ProjectRoot.ReadText("docs", "tutorial.md")).Select(block => block.Groups[1].Value)];
        int comparison = Array.FindIndex(commands, IsOf(Compare));
        string learned = Follow(commands[..comparison]);
        Assert.Contains("machine B 100 %", learned, StringComparison.Ordinal);
        double[] r2 = [.. TestR2().Matches(learned).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(2, r2.Length);
        Assert.All(r2, value => Assert.InRange(value, 0.99, 1));

        PlanShortComparison();
        string compared = Follow(Given(commands[comparison]));
        Assert.Contains($"\n{JsonNode.Parse(File.ReadAllText(_folder["runs/compare/compare.json"]))!["answer"]!["sentence"]}", compared, StringComparison.Ordinal);

        Follow([.. commands[(comparison + 1)..].Where(command => !IsOf(Serve)(command) && !IsOf(Ask)(command))]);
        Assert.All(["machines.html", "machines.onnx"], file => Assert.True(File.Exists(_folder[file]), file));
        await AskServerAsync(Assert.Single(commands, IsOf(Serve)), Assert.Single(commands, IsOf(Ask)));
    }

    private static Predicate<string> IsOf(string program) => command => command.StartsWith(program, StringComparison.Ordinal);

    private string Follow(params string[] commands)
    {
        var result = Shell.Run(_folder.Path, $"set -e\n{string.Concat(commands).Replace("./modnet ", "modnet ", StringComparison.Ordinal)}");
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    // As much time as is needed, and the data by the path that the plan has.
    private string Given(string command)
    {
        Assert.Contains("--data machines.csv --target heat --modules 4 --budget 2 ", command, StringComparison.Ordinal);
        return command.Replace("--budget 2 ", "--budget 600 ", StringComparison.Ordinal).Replace("machines.csv", _folder["machines.csv"], StringComparison.Ordinal);
    }

    private void PlanShortComparison()
    {
        var question = new ComparisonQuestion(new TableOptions { Data = _folder["machines.csv"], Target = "heat", Modules = 4 }, BudgetMinutes: 600);
        ModuleComparison.Open(_folder["runs/compare"], question, stop: TestContext.Current.CancellationToken);
        string plan = _folder["runs/compare/plan.json"];
        var planned = JsonNode.Parse(File.ReadAllText(plan))!;
        (planned["steps"], planned["trials"], planned["seeds"], planned["seedsAreSettled"]) = (2, 1, 1, true);
        File.WriteAllText(plan, planned.ToJsonString());
    }

    private async Task AskServerAsync(string serve, string ask)
    {
        string run = serve.Trim().Split(' ')[^1];
        using var error = new StringWriter();
        var told = new ToldLines();
        using var stop = new CancellationTokenSource();
        var context = new CliContext(() => AnsiConsole.Console, told, error, new DataLocation(null, null));
        var serving = Task.Run(() => new Application(context).Run(["serve", _folder[run], "--urls", "http://127.0.0.1:0"], stop.Token), CancellationToken.None);
        string line = await told.First.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        var (path, body) = (Asked().Match(ask).Groups[1].Value, Asked().Match(ask).Groups[2].Value);
        using var client = new HttpClient { BaseAddress = new Uri(line.Split(' ')[1]) };
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        // The rule of machine A at a speed of 0.5.
        Assert.Equal(1.5, JsonNode.Parse(text)!["predictions"]![0]!["number"]!.GetValue<double>(), tolerance: 0.1);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Success, await serving);
        Assert.Equal("", error.ToString());
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^measured: .* test r2 ([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex TestR2();

    [GeneratedRegex("curl -s http://127.0.0.1:5080/([^ ]+) .* -d '(.*)'")]
    private static partial Regex Asked();
}
