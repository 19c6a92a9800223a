using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

/// <summary>Ctrl-C while data are read.</summary>
public sealed class StoppedReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("text", "--data", "own.txt", "--out", "run")]
    [InlineData("text", "--data", "own.txt", "--tokens", "bpe", "--out", "run")]
    [InlineData("table", "--data", "own.csv", "--target", "y", "--out", "run")]
    public void A_training_ends_at_once_and_leaves_nothing(params string[] arguments)
    {
        Write();
        Assert.Equal((ExitCode.Interrupted, "stopped before the first step; the same command begins again\n", ""), Stopped(["train", .. arguments]));
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public void A_training_that_goes_on_ends_at_once_and_stays_as_it_was()
    {
        Write();
        Called.Run("train", "table", "--data", _folder["own.csv"], "--target", "y", "--out", _folder["run"], "--steps", "2", "--threads", "1");
        byte[] summary = File.ReadAllBytes(_folder["run/summary.json"]);
        Assert.Equal(
            (ExitCode.Interrupted, "stopped before the next step; the same command goes on\n", ""),
            Stopped("train", "table", "--out", "run", "--steps", "4", "--resume"));
        Assert.Equal(summary, File.ReadAllBytes(_folder["run/summary.json"]));
    }

    [Fact]
    public void A_comparison_ends_at_once()
    {
        Write();
        var (exitCode, output, _) = Stopped("compare", "--data", "own.csv", "--target", "y", "--out", "run");
        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.EndsWith("stopped; the same command goes on\n", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    private void Write()
    {
        File.WriteAllText(_folder["own.txt"], string.Concat(Enumerable.Repeat("The cat sat.\nA dog ran.\n", 40)));
        File.WriteAllText(_folder["own.csv"], "x,y\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"{row % 7}.5,{row % 5}.5\n")));
    }

    /// <summary>Runs a command line whose token to stop is set from the beginning.</summary>
    private (int ExitCode, string Output, string Error) Stopped(params string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var context = new CliContext(() => throw new InvalidOperationException(), output, error, new DataLocation(null, "/no-cache"));
        string[] located = [.. arguments.Select(argument => argument is "own.txt" or "own.csv" or "run" ? _folder[argument] : argument)];
        return (new Application(context).Run(located, stop.Token), output.ToString(), error.ToString());
    }
}
