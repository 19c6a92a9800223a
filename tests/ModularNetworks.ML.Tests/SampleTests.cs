using System.Diagnostics;
using System.Globalization;

namespace ModularNetworks.ML.Tests;

/// <summary>The sample that compares trainers, on small tables.</summary>
public sealed class SampleTests
{
    // FastTree and Sdca hand work from thread to thread so often that they take minutes on a busy machine.
    private static readonly string[] Trainers = ["ModularNetwork", "LightGbm"];

    [Fact]
    public void Classes_are_compared_and_a_model_is_saved_and_loaded()
    {
        string[] lines = Run("colour", "class", ball => ball.Colour);
        Assert.Equal(1 + 2 + 5, lines.Length);
        Assert.Equal("accuracy", lines[0]);
        Assert.InRange(Figure(lines[1]), 0.9, 1);
        Assert.Equal(Trainers, lines[1..3].Select(line => line.Split(' ')[0]));
        Assert.All(lines[3..], line => Assert.Matches("^(red|green|blue) by module [0-7]$", line));
    }

    [Fact]
    public void Numbers_are_compared()
    {
        string[] lines = Run("height", "number", ball => ball.Height.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(1 + 2, lines.Length);
        Assert.Equal("R2", lines[0]);
        Assert.InRange(Figure(lines[1]), 0.95, 1);
        Assert.Equal(Trainers, lines[1..].Select(line => line.Split(' ')[0]));
    }

    private static string[] Run(string target, string kind, Func<Ball, string> answer)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["table.csv"], Ball.Some(200).Select(ball => string.Create(
            CultureInfo.InvariantCulture, $"{(ball.Features[0] < 0 ? "left" : "right")},{ball.Features[1]},{ball.Features[2]},{answer(ball)}")).Prepend($"side,x,y,{target}"));
        var start = new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, "MlNet.dll"), "table.csv", target, kind, .. Trainers])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static double Figure(string line) => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
}
