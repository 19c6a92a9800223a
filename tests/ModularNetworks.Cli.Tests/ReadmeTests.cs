using System.Runtime.CompilerServices;

namespace ModularNetworks.Cli.Tests;

/// <summary>What the README shows is what the project holds.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_sample_is_the_program_that_is_built()
    {
        string root = Path.GetFullPath(Path.Join(Path.GetDirectoryName(ThisFile()), "..", ".."));
        string readme = File.ReadAllText(Path.Join(root, "README.md")).ReplaceLineEndings("\n");
        string program = File.ReadAllText(Path.Join(root, "samples", "Quickstart", "Program.cs")).ReplaceLineEndings("\n");
        Assert.Contains($"```csharp\n{program}```\n", readme, StringComparison.Ordinal);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
