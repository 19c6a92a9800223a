namespace ModularNetworks.Cli.Tests;

/// <summary>Standard streams that are closed, or lead to where nothing can be written.</summary>
public sealed class StandardStreamsTests(ToyRun run) : IClassFixture<ToyRun>
{
    /// <summary>A command of each kind; all of them write to standard output.</summary>
    public static TheoryData<string> Commands => new()
    {
        "", "--help", "--version", "train toy --help", "train toy --out new --set starts=1 --steps 10 --set logEvery=10", "eval run",
        "inspect run", "report run", "board . --port 0", "reproduce toy --seeds 2 --set starts=1 --set steps=10", "reproduce suite --list",
        "bench --from bench.json", "data list", "data verify optdigits --data digits", "predict table table.csv", "predict text the", "generate text --tokens 5",
        "export table -o new.onnx", "inspect table --ablate", "serve table --urls http://127.0.0.1:0", "compare --data table.csv --target y --budget 1 --out new",
        "train table --data table.csv --target y --steps 2 --out new-table", "train text --data text.txt --steps 2 --out new-text",
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_full_standard_output_is_told_by_its_name(string command)
    {
        var result = Shell.Run(run.Folder, $"modnet {command} >/dev/full");
        string line = Assert.Single(Lines(result.Error));
        Assert.StartsWith("modnet: standard output: No space left on device. Lead it elsewhere", line, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_closed_standard_output_is_told_before_any_work(string command)
    {
        string[] before = Directory.GetFileSystemEntries(run.Folder);
        var result = Shell.Run(run.Folder, $"modnet {command} >&-");
        string line = Assert.Single(Lines(result.Error));
        Assert.StartsWith("modnet: standard output: it is closed. Lead it elsewhere", line, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Equal(before, Directory.GetFileSystemEntries(run.Folder));
    }

    [Theory]
    [InlineData("eval nosuch", ExitCode.BadInput)]
    [InlineData("nonsense", ExitCode.BadInput)]
    [InlineData("data verify optdigits --data digits", ExitCode.Failure)]
    [InlineData("report run -o other.html", ExitCode.Success)]
    [InlineData("--version", ExitCode.Success)]
    [InlineData("predict table nosuch.csv", ExitCode.BadInput)]
    [InlineData("predict table table.csv", ExitCode.Success)]
    [InlineData("generate nosuch", ExitCode.BadInput)]
    [InlineData("export nosuch", ExitCode.BadInput)]
    [InlineData("serve nosuch", ExitCode.BadInput)]
    [InlineData("compare --data nosuch.csv --budget 1", ExitCode.BadInput)]
    public void A_standard_error_that_is_closed_or_full_changes_no_exit_code(string command, int exitCode)
    {
        var results = new[] { "2>/dev/null", "2>&-", "<&- 2>&-", "2>/dev/full" }
            .Select(error => Shell.Run(run.Folder, $"modnet {command} {error}")).ToArray();
        Assert.All(results, result => Assert.Equal(exitCode, result.ExitCode));
        Assert.All(results, result => Assert.Equal(results[0].Output, result.Output));
    }

    [Theory]
    [InlineData(">&- 2>&-")]
    [InlineData("<&- >&- 2>&-")]
    [InlineData(">/dev/full 2>/dev/full")]
    public void Without_any_stream_the_exit_code_is_left(string streams) =>
        Assert.Equal(ExitCode.BadInput, Shell.Run(run.Folder, $"modnet data list {streams}").ExitCode);

    [Theory]
    [InlineData("<&-", "standard input: it is closed.")]
    [InlineData("< .", "standard input: Is a directory.")]
    [InlineData("< /dev/zero", "standard input: a line has more than 16777216 bytes.")]
    public void A_standard_input_that_cannot_be_read_is_told_by_its_name(string input, string expected)
    {
        var result = Shell.Run(run.Folder, $"modnet predict text {input}");
        Assert.StartsWith($"modnet: {expected} Give texts", Assert.Single(Lines(result.Error)), StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A folder with a trained toy problem, networks trained on a table and a text, a report of bench, and digits that are not the published ones.</summary>
public sealed class ToyRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ToyRun()
    {
        Called.Run("train", "toy", "--set", "starts=1", "--steps", "10", "--out", _folder["run"]);
        File.WriteAllText(_folder["table.csv"], "x,y\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"{row % 7}.5,{"ab"[row % 2]}\n")));
        Called.Run("train", "table", "--data", _folder["table.csv"], "--target", "y", "--steps", "2", "--out", _folder["table"]);
        File.WriteAllText(_folder["text.txt"], string.Concat(Enumerable.Repeat("the cat sat on the mat\n", 40)));
        Called.Run(
            "train", "text", "--data", _folder["text.txt"], "--out", _folder["text"], "--steps", "1", "--set", "window=3", "--set", "batchSize=2", "--set", "evaluateEvery=1");
        File.Copy(Path.Join(ProjectRoot.Folder, "tests", "ModularNetworks.Cli.Tests", "Transcripts", "bench-report.json"), _folder["bench.json"]);
        Directory.CreateDirectory(_folder["digits"]);
    }

    public string Folder => _folder.Path;

    public void Dispose() => _folder.Dispose();
}
