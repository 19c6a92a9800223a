namespace ModularNetworks.Engine.Tests;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 rows")]
    [InlineData(1, "1 row")]
    [InlineData(2, "2 rows")]
    public void One_thing_has_no_plural(long count, string expected) => Assert.Equal(expected, Counted.Of(count, "row"));

    [Theory]
    [InlineData(1, "1 class")]
    [InlineData(12, "12 classes")]
    public void A_plural_of_its_own_can_be_given(long count, string expected) => Assert.Equal(expected, Counted.Of(count, "class", "classes"));

    [Theory]
    [InlineData(1.0, "1 minute")]
    [InlineData(0.5, "0.5 minutes")]
    public void Parts_are_several(double count, string expected) => Assert.Equal(expected, Counted.Of(count, "minute"));

    [Fact]
    public void The_largest_number_keeps_its_digits() => Assert.Equal("18446744073709551615 bytes", Counted.Of(ulong.MaxValue, "byte"));
}
