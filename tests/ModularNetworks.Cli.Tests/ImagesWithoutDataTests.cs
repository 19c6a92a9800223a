using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

/// <summary>Commands on a run on images that were deleted, in a folder that was moved.</summary>
public sealed class ImagesWithoutDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_stands_alone()
    {
        Train();
        string before = Run("inspect", _folder["run"]);
        Hide();
        var (exitCode, output, error) = Call(["inspect", _folder["moved"]]);
        Assert.Equal((0, before), (exitCode, output));
        Assert.Equal($"note: {_folder["digits"]} is not there any more; this is the inspection that {_folder["moved"]} keeps.\n", error);
        Assert.Contains("1 run", Run("report", _folder["moved"], "-o", _folder["page.html"]), StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,", File.ReadAllText(_folder["page.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_told_is_named_in_one_line()
    {
        Train();
        File.Delete(_folder["run/inspection.json"]);
        Hide();
        var (exitCode, output, error) = Call(["inspect", _folder["moved"]]);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal(
            $"modnet: inspect: {_folder["moved"]} keeps no inspection, which the end of a training writes, and {_folder["digits"]} is not there any more. "
            + "Give the data with --data.\n",
            error);
        Assert.NotEmpty(Run("inspect", _folder["moved"], "--data", _folder["hidden"]));
    }

    [Fact]
    public void An_inspection_of_an_earlier_step_is_told_as_such()
    {
        Train();
        byte[] kept = File.ReadAllBytes(_folder["run/inspection.json"]);
        Run("train", "optdigits", "--out", _folder["run"], "--resume", "--steps", "8");
        File.WriteAllBytes(_folder["run/inspection.json"], kept);
        Hide();
        var (exitCode, _, error) = Call(["inspect", _folder["moved"]]);
        Assert.Equal(0, exitCode);
        Assert.EndsWith("keeps of step 5; that of step 8 needs the data (--data).\n", error, StringComparison.Ordinal);
    }

    private void Train()
    {
        Directory.CreateDirectory(_folder["digits"]);
        foreach (var (name, images) in ((string, int)[])[(Optdigits.TrainFile, 3823), (Optdigits.TestFile, 1797)])
        {
            File.WriteAllLines(
                _folder[$"digits/{name}"],
                Enumerable.Range(0, images).Select(n => string.Join(
                    ',', Enumerable.Range(0, 64).Select(place => place % 10 == n % 10 ? 16 : (n + place) % 4).Append(n % 10))));
        }
        Run("train", "optdigits", "--data", _folder["digits"], "--out", _folder["run"], "--threads", "1", "--steps", "5", "--modules", "3");
    }

    private void Hide()
    {
        Directory.Move(_folder["digits"], _folder["hidden"]);
        Directory.Move(_folder["run"], _folder["moved"]);
    }

    private static string Run(params string[] arguments)
    {
        var (exitCode, output, error) = Call(arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static (int ExitCode, string Output, string Error) Call(string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        return (Transcript.Run(arguments, new DataLocation(null, "/no-cache"), output, error), output.ToString(), error.ToString());
    }
}
