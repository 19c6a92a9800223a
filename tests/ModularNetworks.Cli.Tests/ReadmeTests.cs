using System.Text.RegularExpressions;
using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

/// <summary>Tests that the README and the documents show what the project holds.</summary>
public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md", "Quickstart")]
    [InlineData("README.md", "DigitClassifier")]
    [InlineData("src/ModularNetworks/PACKAGE.md", "Quickstart")]
    [InlineData("src/ModularNetworks.Serving/PACKAGE.md", "ServeModel")]
    [InlineData("docs/library.md", "LongWay")]
    [InlineData("docs/prediction.md", "NextWord")]
    [InlineData("docs/prediction.md", "ClassifyImages")]
    [InlineData("docs/prediction.md", "PredictRow")]
    [InlineData("docs/serving.md", "ServeModel")]
    [InlineData("docs/data.md", "OwnText")]
    [InlineData("docs/data.md", "OwnImages")]
    [InlineData("docs/compare.md", "DoModulesPay")]
    public void A_sample_is_the_program_that_is_built(string document, string sample)
    {
        string program = ProjectRoot.ReadText("samples", sample, "Program.cs");
        Assert.Contains($"```csharp\n{program}```\n", ProjectRoot.ReadText(document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Quickstart", 15)]
    [InlineData("DigitClassifier", 25)]
    public void The_first_samples_are_short(string sample, int mostLines) =>
        Assert.InRange(ProjectRoot.ReadText("samples", sample, "Program.cs").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, mostLines);

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/performance.md")]
    public void Tables_of_results_are_what_the_command_above_them_prints(string document)
    {
        const string End = "\n\n<!-- end -->\n";
        string text = ProjectRoot.ReadText(document);
        int tables = 0;
        foreach (Match table in ResultsCommand().Matches(text))
        {
            string[] arguments = [.. table.Groups["arguments"].Value.Split(' ').Select(InProject)];
            using var output = new StringWriter { NewLine = "\n" };
            Assert.Equal(0, Transcript.Run(arguments, new DataLocation(null, "/no-cache"), output, TextWriter.Null));
            int start = table.Index + table.Length;
            Assert.Equal(output.ToString().TrimEnd('\n'), text[start..text.IndexOf(End, start, StringComparison.Ordinal)]);
            tables++;
        }
        Assert.NotEqual(0, tables);
    }

    private static string InProject(string argument) =>
        argument.EndsWith(".json", StringComparison.Ordinal) ? Path.Join(ProjectRoot.Folder, argument) : argument;

    [GeneratedRegex("^<!-- \\./modnet (?<arguments>bench --from .*) -->\n\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ResultsCommand();
}
