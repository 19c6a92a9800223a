using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ModularNetworks.Tests;

/// <summary>The programs of <c>samples/</c> that extend the library from another assembly: what they print has been learned.</summary>
public sealed partial class SampleTests
{
    [Fact]
    public void Modules_and_a_controller_of_ones_own_learn_to_count()
    {
        string[] lines = Run("OwnModules");
        double[] logLikelihoods = Numbers(lines[0]);
        Assert.True(logLikelihoods[0] < -15 && logLikelihoods[1] > -1, lines[0]);
        int number = 0;
        var modules = new HashSet<double>();
        foreach (string line in lines[1..])
        {
            number = line.Split(' ')[0] switch { "up" => (number + 1) % 5, "down" => (number + 4) % 5, _ => 0 };
            double[] shown = Numbers(line);
            Assert.True(number == shown[0], $"{line}; the counter shows {number}");
            modules.Add(shown[1]);
        }
        Assert.Equal(10, lines.Length - 1);
        Assert.True(modules.Count > 1, "One module reads all commands.");
    }

    [Fact]
    public void A_method_of_ones_own_learns_a_mixture()
    {
        string[] lines = Run("OwnTraining");
        double[] logLikelihoods = Numbers(lines[0]);
        Assert.True(logLikelihoods[0] < -2 && logLikelihoods[1] > 0.2, lines[0]);
        // Number of the module, 0.5, its answer, its probability.
        double[][] answers = [.. lines[1..].Select(Numbers).OrderBy(numbers => numbers[2])];
        Assert.Equal(2, answers.Length);
        Assert.Equal(-0.5, answers[0][2], 0.05);
        Assert.Equal(0.3, answers[0][3], 0.05);
        Assert.Equal(0.5, answers[1][2], 0.05);
        Assert.Equal(0.7, answers[1][3], 0.05);
    }

    private static string[] Run(string sample)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, $"{sample}.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, error.Result));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static double[] Numbers(string line) =>
        [.. Number().Matches(line).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
