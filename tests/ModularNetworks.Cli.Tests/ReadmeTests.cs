namespace ModularNetworks.Cli.Tests;

/// <summary>What the README shows is what the project holds.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_sample_is_the_program_that_is_built()
    {
        string program = ProjectRoot.ReadText("samples", "Quickstart", "Program.cs");
        Assert.Contains($"```csharp\n{program}```\n", ProjectRoot.ReadText("README.md"), StringComparison.Ordinal);
    }
}
