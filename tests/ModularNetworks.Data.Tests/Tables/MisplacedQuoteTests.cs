namespace ModularNetworks.Data.Tests;

public sealed class MisplacedQuoteTests
{
    [Theory]
    [InlineData("1,\"2,3", 2)]
    [InlineData("\"a,b\",\"c\"d,e", 2)]
    [InlineData("a,b,c\"d", 3)]
    [InlineData("\"a\"\"b\" , \"c", 2)]
    [InlineData("\"", 1)]
    public void The_column_is_told(string line, int expected) => Assert.Equal(expected, MisplacedQuote.ColumnOf(line, ','));

    [Fact]
    public void Tabs_are_spaces_unless_they_stand_between_columns()
    {
        Assert.Equal(2, MisplacedQuote.ColumnOf("\t\"a\"\t,\t\"b", ','));
        Assert.Equal(4, MisplacedQuote.ColumnOf("\t\"a\"\t \"b\"\t\"c", '\t'));
    }
}
