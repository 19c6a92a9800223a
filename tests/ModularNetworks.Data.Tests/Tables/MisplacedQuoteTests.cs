namespace ModularNetworks.Data.Tests;

public sealed class MisplacedQuoteTests
{
    [Theory]
    [InlineData("1,\"2,3", 2, true)]
    [InlineData("\"a,b\",\"c\"d,e", 2, false)]
    [InlineData("a,b,c\"d", 3, false)]
    [InlineData("\"a\"\"b\" , \"c", 2, true)]
    [InlineData("\"", 1, true)]
    public void The_column_is_told_and_whether_quotes_are_open(string line, int column, bool isOpen) => Assert.Equal((column, isOpen), MisplacedQuote.In(line, ','));

    [Fact]
    public void Tabs_are_spaces_unless_they_stand_between_columns()
    {
        Assert.Equal((2, true), MisplacedQuote.In("\t\"a\"\t,\t\"b", ','));
        Assert.Equal((4, true), MisplacedQuote.In("\t\"a\"\t \"b\"\t\"c", '\t'));
    }
}
