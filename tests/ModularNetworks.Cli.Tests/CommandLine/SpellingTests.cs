using ModularNetworks.Cli.CommandLine;

namespace ModularNetworks.Cli.Tests;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("--dat", "--data")]
    [InlineData("--setps", "--steps")]
    [InlineData("--moduls", "--modules")]
    [InlineData("lst", "list")]
    [InlineData("zebra", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_found_if_it_is_near(string typed, string? meant) =>
        Assert.Equal(meant, Spelling.Nearest(typed, ["--data", "--modules", "--steps", "list"]));

    [Fact]
    public void Of_equally_near_names_the_first_in_order_is_taken() =>
        Assert.Equal("--set", Spelling.Nearest("--sett", ["--sets", "--set"]));
}
