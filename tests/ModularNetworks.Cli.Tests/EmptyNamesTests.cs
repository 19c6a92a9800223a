namespace ModularNetworks.Cli.Tests;

/// <summary>Names of files and folders that are empty, as a shell gives them where a variable is not set.</summary>
public sealed class EmptyNamesTests
{
    [Theory]
    [InlineData("export", "")]
    [InlineData("predict", "")]
    [InlineData("generate", "")]
    [InlineData("serve", "")]
    [InlineData("serve", "name=")]
    [InlineData("eval", "")]
    [InlineData("inspect", "")]
    [InlineData("report", "")]
    [InlineData("board", "")]
    [InlineData("train", "text", "--data", "")]
    [InlineData("train", "images", "--data", "")]
    [InlineData("train", "table", "--data", "", "--target", "y")]
    [InlineData("train", "toy", "--out", "")]
    [InlineData("compare", "--data", "", "--budget", "1")]
    [InlineData("compare", "--data", "none.csv", "--budget", "1", "--out", "")]
    [InlineData("reproduce", "toy", "--out", "")]
    [InlineData("reproduce", "table1", "--data", "")]
    [InlineData("data", "get", "ptb", "--to", "")]
    [InlineData("data", "verify", "ptb", "--data", "")]
    public void They_are_refused_in_one_line(params string[] arguments) =>
        Assert.StartsWith("modnet: ", Called.Refusal(arguments), StringComparison.Ordinal);

    [Fact]
    public void The_name_of_a_table_or_of_a_file_of_predictions_is_none_of_these()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["t.csv"], "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"{row % 7}.5,{"ab"[row % 2]}\n")));
        Called.Run("train", "table", "--data", folder["t.csv"], "--target", "y", "--steps", "1", "--out", folder["run"]);
        Assert.Equal("modnet: predict: the name of the table is empty. Give a file, or the table on standard input.\n", Called.Refusal("predict", folder["run"], ""));
        foreach (string[] given in (string[][])[["predict", folder["run"], folder["t.csv"], "-o", ""], ["export", folder["run"], "-o", ""], ["eval", folder["run"], "--data", ""]])
            Assert.StartsWith("modnet: ", Called.Refusal(given), StringComparison.Ordinal);
    }
}
