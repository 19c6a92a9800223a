using System.Text;

namespace ModularNetworks.Data.Tests;

public sealed class TableDialectTests
{
    [Fact]
    public void Semicolons_and_decimal_commas_are_recognised()
    {
        var table = Read("1,5;2;a\n");
        Assert.Equal([1.5f, 2], table[0].ToArray());
        Assert.Equal(["a"], table.Classes);
        Assert.Equal(new TableDialect(';', ','), table.Dialect);
    }

    [Theory]
    [InlineData("1.5,2,a\n3,4,b\n", "commas between columns, decimal points")]
    [InlineData("1.5;2;a\n3;4;b\n", "semicolons between columns, decimal points")]
    [InlineData("1.5\t2\ta\n3\t4\tb\n", "tabs between columns, decimal points")]
    [InlineData("1,5|2|a\n3|4|b\n", "bars between columns, decimal commas")]
    [InlineData("-1,0570;0,8465;rot\r\n-0,8059;1,1119;grün\r\n", "semicolons between columns, decimal commas")]
    [InlineData("1,5;2,5;a\n3,5;b\n4,5;5,5;a\n", "semicolons between columns, decimal commas")] // One row is damaged.
    [InlineData("\"1,5\",2,a\n\"3,25\",4,b\n", "commas between columns, decimal commas")]
    [InlineData("1,2,\"a;b\"\n3,4,\"c;d\"\n", "commas between columns, decimal points")]
    [InlineData("1,2,a;b\n3,4,c\n5,6,d\n", "commas between columns, decimal points")]
    [InlineData("1,234;0,5;a\n", "semicolons between columns, decimal commas")]
    [InlineData("7\t8\n", "tabs between columns, decimal points")]
    [InlineData("words only\n", "commas between columns, decimal points")]
    public void The_first_rows_show_delimiter_and_decimal_sign(string text, string expected) =>
        Assert.Equal(expected, Detect(text).ToString());

    [Theory]
    [InlineData("Länge;Breite;Art\n1,5;2;a\n", "semicolons between columns, decimal commas")]
    [InlineData("v1.5;v2.5;Art\n1,5;2;a\n", "semicolons between columns, decimal commas")]
    [InlineData("1.5;2.5;Art\n1,5;2;a\n", "semicolons between columns, decimal commas")]
    public void Names_of_columns_are_no_numbers(string text, string expected) =>
        Assert.Equal(expected, Detect(text, hasHeader: true).ToString());

    [Theory]
    [InlineData("1,2,x;y\n3,4,z;w\n", "line 1, column 3: found 'x;y': the columns may be separated by commas or by semicolons. Say by which: give a TableDialect")]
    [InlineData("a,b;c\n1,2\n", "line 1, column 2: found 'b;c': the columns may be separated by commas or by semicolons")]
    [InlineData("1,5;2;a\n3;4.5;b\n", "line 1, column 1: found '1,5': this is a decimal comma, and '4.5' in line 2, column 2 a decimal point")]
    [InlineData("1;2;a\n1,234;2;a\n", "line 2, column 1: found '1,234': the comma may be a decimal sign, or stand between thousands")]
    public void What_can_be_read_in_two_ways_is_refused(string text, string expected)
    {
        var error = Assert.Throws<DataException>(() => Read(text));
        Assert.StartsWith($"t: {expected}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_given_dialect_is_taken()
    {
        var commas = new TableDialect(';', DecimalSign: ',');
        Assert.Equal([1.234f, 2], Read("1,234;2;a\n", commas)[0].ToArray());
        Assert.Equal(["x;y"], Read("1,2,x;y\n", new TableDialect(',')).Classes);
        var error = Assert.Throws<DataException>(() => Read("1.5;2;a\n", commas));
        Assert.StartsWith("t: line 1, column 1: a number (decimal comma) is expected; found '1.5'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(':', '.')]
    [InlineData(';', '\'')]
    public void Other_signs_are_refused(char delimiter, char decimalSign)
    {
        Assert.Throws<ArgumentException>(() => new TableDialect(delimiter, decimalSign));
        Assert.Throws<ArgumentException>(() => new TableDialect(';') with { Delimiter = delimiter, DecimalSign = decimalSign });
    }

    [Fact]
    public void Rows_after_the_sample_follow_its_dialect()
    {
        string start = string.Concat(Enumerable.Repeat("1,5;2;a\n", 20_000));
        Assert.Equal(2.25f, Read(start + "2,25;2;a\n")[20_000][0]);
        var error = Assert.Throws<DataException>(() => Read(start + "2.25;2;a\n"));
        Assert.StartsWith("t: line 20001, column 1: a number (decimal comma) is expected; found '2.25'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_row_longer_than_the_sample_is_enough()
    {
        string row = string.Concat(Enumerable.Repeat("1,5;", 50_000)) + "a\n";
        Assert.Equal(50_000, Read(row + row).Features.Count);
    }

    [Fact]
    public void Text_of_16_bits_is_read() =>
        Assert.Equal([1.5f, 2], LabelledTable.Read(
            new MemoryStream([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("1,5\t2\tä\n")]), "t", new TableFormat(), null, 1 << 20)[0].ToArray());

    private static TableDialect Detect(string text, bool hasHeader = false) =>
        new TableDialectDetector("t", new TableLayout(HasHeader: hasHeader), "say so").Detect(new MemoryStream(Encoding.UTF8.GetBytes(text))).Dialect;

    private static LabelledTable Read(string text, TableDialect? dialect = null) => LabelledTable.Read(
        new MemoryStream(Encoding.UTF8.GetBytes(text)), "t", new TableFormat(Dialect: dialect), null, 1 << 24);
}
