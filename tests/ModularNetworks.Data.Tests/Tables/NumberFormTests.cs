namespace ModularNetworks.Data.Tests;

public sealed class NumberFormTests
{
    [Theory]
    [InlineData('.', ',', null, "1,234.5", 1234.5)]
    [InlineData('.', ',', null, "-1,234,567", -1234567)]
    [InlineData('.', ',', null, "\u2212999", -999)]
    [InlineData('.', ',', null, "2.5e3", 2500)]
    [InlineData(',', '.', null, "1.234,5", 1234.5)]
    [InlineData(',', ' ', null, "1 234,5", 1234.5)]
    [InlineData('.', ' ', null, "1\u00a0234\u202f567", 1234567)]
    [InlineData('.', '\'', null, "1'234.50", 1234.5)]
    [InlineData('.', ',', '$', "$1,234.50", 1234.5)]
    [InlineData('.', ',', '$', "-$12", -12)]
    [InlineData('.', ',', '$', "$ -.5", -0.5)]
    [InlineData(',', '.', '€', "+1.234,5 €", 1234.5)]
    [InlineData('.', ',', '%', "12.5%", 12.5)]
    public void Numbers_are_read_by_their_form(char decimalSign, char thousands, char? unit, string cell, double expected)
    {
        var form = new NumberForm { DecimalSign = decimalSign, ThousandsSign = thousands, Unit = unit };
        Assert.True(form.TryRead(cell, out double number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData(null, "12,34")]
    [InlineData(null, "1,2345")]
    [InlineData(null, "1,234,56")]
    [InlineData(null, "1234,567")]
    [InlineData(null, "0,123")]
    [InlineData(null, ",123")]
    [InlineData(null, "1,234.")]
    [InlineData(null, "1,234.5.6")]
    [InlineData(null, "1 234")]
    [InlineData(null, "--1,234")]
    [InlineData(null, "")]
    [InlineData(null, "$5")]
    [InlineData('$', "5")]
    [InlineData('$', "$")]
    [InlineData('$', "$5$")]
    [InlineData('$', "€5")]
    [InlineData('$', "-$-5")]
    [InlineData('$', "$1e5")]
    [InlineData('$', "$1111111111111111111111111111111111111111")]
    [InlineData('$', "$1,111,111,111,111,111,111,111,111,111,111,111,111,111,111,111,111,111,111,111,111,111,111")]
    public void What_is_not_written_so_is_no_number(char? unit, string cell) =>
        Assert.False(new NumberForm { DecimalSign = '.', ThousandsSign = ',', Unit = unit }.TryRead(cell, out _));

    [Theory]
    [InlineData("1.5", '.')]
    [InlineData("$1,5", ',')]
    [InlineData("1,234,567", '.')]
    [InlineData("1.234,5", ',')]
    [InlineData("1 234,567", ',')]
    [InlineData("1,234", null)]
    [InlineData("1.234 €", null)]
    [InlineData("12", null)]
    [InlineData("a.b", null)]
    public void A_number_shows_its_decimal_sign_unless_it_can_be_read_in_two_ways(string cell, object? expected) => Assert.Equal(expected, NumberForm.DecimalSignOf(cell));

    [Theory]
    [InlineData('$', "$1,234.5")]
    [InlineData('%', "1,234.5 %")]
    [InlineData(null, "1,234.5")]
    public void A_form_is_shown_by_a_number(char? unit, string expected) =>
        Assert.Equal(expected, new NumberForm { DecimalSign = '.', ThousandsSign = ',', Unit = unit }.ToString());
}
