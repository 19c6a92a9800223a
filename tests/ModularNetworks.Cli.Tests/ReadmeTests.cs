namespace ModularNetworks.Cli.Tests;

/// <summary>What the README and the documents show is what the project holds.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("README.md", "Quickstart")]
    [InlineData("docs/prediction.md", "NextWord")]
    public void A_sample_is_the_program_that_is_built(string document, string sample)
    {
        string program = ProjectRoot.ReadText("samples", sample, "Program.cs");
        Assert.Contains($"```csharp\n{program}```\n", ProjectRoot.ReadText(document), StringComparison.Ordinal);
    }
}
