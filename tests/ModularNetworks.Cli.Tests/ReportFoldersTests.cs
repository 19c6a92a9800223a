using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

/// <summary>Reports of folders that hold runs.</summary>
public sealed class ReportFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public void A_folder_stands_for_the_runs_below_it()
    {
        Assert.Equal(ExitCode.Success, Run("train", "toy", "--set", "starts=1", "--steps", "3", "--out", _folder["runs/first"]));
        Assert.Equal(ExitCode.Success, Run("train", "toy", "--set", "starts=1", "--steps", "3", "--out", _folder["runs/more/second"]));
        Assert.Equal(ExitCode.Success, Run("report", _folder["runs"], _folder["runs/first"], "-o", _folder["page.html"]));
        Assert.Contains("page.html: 2 runs, ", _output.ToString(), StringComparison.Ordinal);
        string page = File.ReadAllText(_folder["page.html"]);
        Assert.Contains(_folder["runs/more/second"], page, StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void A_comparison_is_shown_as_one_and_the_runs_of_a_table_are_left_out_with_a_word()
    {
        Assert.Equal(ExitCode.Success, Run("train", "toy", "--set", "starts=1", "--steps", "3", "--out", _folder["runs/first"]));
        foreach (string file in (string[])["compare/compare.json", "table1/table1.json"])
        {
            string group = Path.GetDirectoryName(_folder[$"runs/{file}"])!;
            for (int run = 0; run < 101; run++)
                File.WriteAllText(Path.Join(Directory.CreateDirectory(Path.Join(group, $"r-seed-{run}")).FullName, "config.json"), "{}");
            File.WriteAllText(_folder[$"runs/{file}"], "{}");
        }
        Assert.Equal(ExitCode.Success, Run("report", _folder["runs"], "-o", _folder["page.html"]));
        Assert.Contains("page.html: 1 run, 1 comparison, ", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"the runs of {_folder["runs/table1"]} are left out; ", _output.ToString(), StringComparison.Ordinal);
        Directory.Delete(_folder["runs/first"], recursive: true);
        Directory.Delete(_folder["runs/compare"], recursive: true);
        Assert.Equal(ExitCode.BadInput, Run("report", _folder["runs"], "-o", _folder["page.html"]));
        Assert.Contains($"holds runs of {_folder["runs/table1"]} only, which are parts of one thing. Name that folder.", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void More_runs_than_figures_can_show_are_refused()
    {
        for (int run = 0; run < 101; run++)
        {
            Directory.CreateDirectory(_folder[$"runs/{run}"]);
            File.WriteAllText(_folder[$"runs/{run}/config.json"], "{}");
        }
        Assert.Equal(ExitCode.BadInput, Run("report", _folder["runs"], "-o", _folder["page.html"]));
        Assert.StartsWith($"modnet: report: {_folder["runs"]} holds 101 runs; of one folder at most 100 are shown.", _error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["page.html"]));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private int Run(params string[] arguments) => Transcript.Run(arguments, new DataLocation(null, null), _output, _error);
}
