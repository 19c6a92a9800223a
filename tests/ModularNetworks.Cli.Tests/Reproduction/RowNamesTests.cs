using ModularNetworks.Cli.Reproduction;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Tests;

public sealed class RowNamesTests
{
    [Theory]
    [InlineData("em-5-1", "em-5-1")]
    [InlineData("fixed-3-3, em-15-1", "em-15-1 fixed-3-3")]
    [InlineData("topk,topk-5-1,fixed-1-1,topk", "topk-15-1 topk-5-1 fixed-1-1")]
    public void Rows_and_methods_choose_rows_in_the_papers_order(string names, string rows) =>
        Assert.Equal(rows.Split(' '), RowNames.Read(names).Select(row => row.Name));

    [Fact]
    public void Without_names_all_rows_are_meant() => Assert.Equal(Table1.Rows, RowNames.Read(null));

    [Theory]
    [InlineData("reinforse", "there is no row 'reinforse'; did you mean 'reinforce'?")]
    [InlineData("em-5-1,fixed-1-2", "there is no row 'fixed-1-2'; did you mean 'fixed-1-1'?")]
    [InlineData("em-5-1,", "there is no row ''. Choose from em-15-1, ")]
    [InlineData("EM", "there is no row 'EM'. Choose from em-15-1, ")]
    public void An_unknown_row_is_refused_with_the_names_there_are(string names, string message)
    {
        var error = Assert.Throws<UserErrorException>(() => RowNames.Read(names));
        Assert.StartsWith($"--rows: {message}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("em, reinforce, topk, fixed.", error.Message, StringComparison.Ordinal);
    }
}
