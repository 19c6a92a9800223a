using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ModularNetworks.Tests;

/// <summary>The programs of <c>samples/</c> that use or extend the library from another assembly: what they print has been learned.</summary>
public sealed partial class SampleTests
{
    [Theory]
    [InlineData("Quickstart")]
    [InlineData("LongWay")]
    public void Each_side_of_the_bent_line_has_a_module(string sample)
    {
        // x, its value, the number of the module, and perhaps its probability.
        double[][] answers = [.. Run(sample).Select(Numbers)];
        Assert.Equal([-0.9, -0.4, 0.2, 0.7], answers.Select(answer => answer[0]));
        Assert.All(answers, answer => Assert.Equal(Math.Abs(answer[0]), answer[1], 0.02));
        Assert.Equal(answers[0][2], answers[1][2]);
        Assert.Equal(answers[2][2], answers[3][2]);
        Assert.NotEqual(answers[0][2], answers[3][2]);
    }

    [Fact]
    public void A_classifier_of_digits_is_trained_saved_and_loaded()
    {
        using var folder = new TemporaryFolder();
        // Digit d is a row of eight dark pixels, in the lines 0 to 4 from the left and in others from the right.
        foreach (string file in (string[])["optdigits.tra", "optdigits.tes"])
        {
            File.WriteAllLines(Path.Join(folder.Path, file), Enumerable.Range(0, 200).Select(n =>
                string.Join(',', Enumerable.Range(0, 64).Select(pixel => pixel == (n % 10 * 6) + (n / 10 % 3) ? 16 : pixel % 5).Append(n % 10))));
        }
        string[] lines = Run("DigitClassifier", folder.Path);
        Assert.Equal(30 + 1 + 5, lines.Length);
        Assert.StartsWith("epoch 30: loss ", lines[29], StringComparison.Ordinal);
        Assert.EndsWith("accuracy 100.0 %", lines[30], StringComparison.Ordinal);
        Assert.All(lines[31..], (line, n) => Assert.StartsWith($"a {n} is taken for a {n} by module ", line, StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Join(folder.Path, "digits.safetensors")));
    }

    [Fact]
    public void Modules_and_a_controller_of_ones_own_learn_to_count()
    {
        string[] lines = Run("OwnModules");
        double[] logLikelihoods = Numbers(lines[0]);
        Assert.True(logLikelihoods[0] < -12 && logLikelihoods[1] > -1, lines[0]);
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
        Assert.True(logLikelihoods[0] < -1 && logLikelihoods[1] > 0.2, lines[0]);
        // Number of the module, 0.5, its answer, its probability.
        double[][] answers = [.. lines[1..].Select(Numbers).OrderBy(numbers => numbers[2])];
        Assert.Equal(2, answers.Length);
        Assert.Equal(-0.5, answers[0][2], 0.05);
        Assert.Equal(0.3, answers[0][3], 0.05);
        Assert.Equal(0.5, answers[1][2], 0.05);
        Assert.Equal(0.7, answers[1][3], 0.05);
    }

    private static string[] Run(string sample, string? folder = null)
    {
        string program = Path.Join(AppContext.BaseDirectory, $"{sample}.dll");
        var start = new ProcessStartInfo("dotnet", folder is null ? [program] : [program, folder])
        {
            WorkingDirectory = folder,
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
