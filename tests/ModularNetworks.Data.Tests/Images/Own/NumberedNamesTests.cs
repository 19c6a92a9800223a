namespace ModularNetworks.Data.Tests;

public sealed class NumberedNamesTests
{
    [Theory]
    [InlineData("2.png", "10.png")]
    [InlineData("02.png", "10.png")]
    [InlineData("2.png", "010.png")]
    [InlineData("a9b10", "a9b11")]
    [InlineData("a9b10", "a10b9")]
    [InlineData("a", "a0")]
    [InlineData("a0", "aa")]
    [InlineData("Z", "a")]
    [InlineData("99999999999999999999", "100000000000000000000")]
    [InlineData("01.png", "1.png")]
    [InlineData("", "a")]
    public void The_first_name_comes_before_the_second(string first, string second)
    {
        Assert.True(NumberedNames.Order.Compare(first, second) < 0);
        Assert.True(NumberedNames.Order.Compare(second, first) > 0);
        Assert.Equal(0, NumberedNames.Order.Compare(first, first));
    }

    [Fact]
    public void Names_with_numbers_of_one_length_are_in_ordinal_order()
    {
        string[] names = [.. Enumerable.Range(0, 300).Select(n => $"picture-{n * 37 % 300:000}.png")];
        Assert.Equal(names.Order(StringComparer.Ordinal), names.Order(NumberedNames.Order));
    }
}
