namespace ModularNetworks.Cli.Tests;

public sealed class ToolVersionTests
{
    [Fact]
    public void WithCommit_IsTheVersionAndAShortCommit()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+$", ToolVersion.Text);
        Assert.Matches(@"^(\+[0-9a-f]{7})?$", ToolVersion.WithCommit[ToolVersion.Text.Length..]);
        Assert.StartsWith(ToolVersion.Text, ToolVersion.WithCommit, StringComparison.Ordinal);
    }
}
