using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

/// <summary>Columns whose cells are all written in one way that is not the usual one.</summary>
public sealed class SpellingTests
{
    private const int Rows = 40;

    [Theory]
    [InlineData("1,234.5", "999", 1234.5, "1,234.5")]
    [InlineData("1.234,5", "12", 1234.5, "1.234,5")]
    [InlineData("1 234", "5 678", 1234, "1 234.5")]
    [InlineData("$1,234.50", "$0.99", 1234.5, "$1,234.5")]
    [InlineData("1.234,50 €", "7,25 €", 1234.5, "1.234,5 €")]
    [InlineData("£5", "£6", 5, "£1,234.5")]
    [InlineData("12 %", "7.5%", 12, "1,234.5 %")]
    [InlineData("3/31/2024", "4/1/2024", 19813, "3/31/2026")]
    [InlineData("3/31/2024 12:00", "4/1/2024 9:05", 19813.5, "3/31/2026")]
    [InlineData("3/31/2024 6:00 PM", "4/1/2024 9:05 AM", 19813.75, "3/31/2026")]
    [InlineData("31/3/2024", "1/4/2024", 19813, "31/3/2026")]
    [InlineData("31.3.2024", "1.4.2024", 19813, "31/3/2026")]
    [InlineData("2024.3.31", "2024.4.1", 19813, "2026/3/31")]
    [InlineData("31 Mar 2024", "1 April 2024", 19813, "31 Mar 2026")]
    [InlineData("March 31, 2024", "Apr 1, 2024", 19813, "31 Mar 2026")]
    public void All_cells_of_a_column_agree_on_a_way(string one, string other, double expected, string form)
    {
        var encoding = Create(row => row % 2 == 0 ? one : other, new TableQuestion { Target = "y" }).Encoding;
        var column = encoding.Columns[0];
        Assert.Equal($"w {form}", encoding.WrittenAs());
        Assert.Equal(form, column.FormExample());
        Assert.Equal(expected, Number(column, one));
    }

    [Theory]
    [InlineData("1,234", "5,678", TableSpelling.Auto, '.', 1234)]
    [InlineData("1,234", "5,678", TableSpelling.Auto, ',', 1.234)]
    [InlineData("1.234 €", "5.678 €", TableSpelling.Auto, ',', 1234)]
    [InlineData("3/4/2024", "5/6/2024", TableSpelling.MonthFirst, null, 19786)]
    [InlineData("3/4/2024", "5/6/2024", TableSpelling.DayFirst, null, 19816)]
    [InlineData("31/3/2024", "5/6/2024", TableSpelling.MonthFirst, null, 19813)] // There is no doubt.
    public void What_may_be_two_things_is_read_as_it_is_said(string one, string other, TableSpelling spelling, char? decimalSign, double expected)
    {
        var column = Create(row => row % 2 == 0 ? one : other, new TableQuestion { Target = "y", Spelling = spelling }, decimalSign).Encoding.Columns[0];
        Assert.Equal(expected, Number(column, one, decimalSign ?? '.'));
    }

    [Fact]
    public void A_number_of_another_column_shows_what_the_comma_is()
    {
        static string Text(string other) => "w,x,y\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => $"\"{1 + (row % 7)},234\",\"{other}\",{row}\n"));
        Assert.Equal(1234, Number(Problem(Text("$1,234.50"), new TableQuestion { Target = "y" }).Encoding.Columns[0], "1,234"));
        Assert.Equal(1.234, Number(Problem(Text("7,25 €"), new TableQuestion { Target = "y" }).Encoding.Columns[0], "1,234", ','));
        Assert.StartsWith(
            "t: line 2, column 1: found '1,234': the comma may be a decimal sign, or stand between thousands.",
            Assert.Throws<DataException>(() => Problem(Text("a"), new TableQuestion { Target = "y" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_read_otherwise_further_below_are_not_mistaken()
    {
        // The first rows do not show what the comma is.
        string text = "w,y\n" + string.Concat(Enumerable.Range(0, 300).Select(row => row < 200 ? $"{row % 9},{row}\n" : $"\"{1 + (row % 9)},234\",{row}\n"));
        Assert.Equal(
            "t: column 1 ('w'): '3,234' may be 3234 or 3.234: --set decimalSign=point or comma says which.",
            Assert.Throws<DataException>(() => Problem(text, new TableQuestion { Target = "y", Split = TableSplit.Ordered })).Message);
    }

    [Fact]
    public void A_target_is_written_so_too()
    {
        var problem = Create(row => $"{row * 0.3}", new TableQuestion { Target = "y", Split = TableSplit.Ordered }, target: row => $"${(row % 4) + 1},000");
        var target = problem.Encoding.Target;
        Assert.Equal((2500, "y $1,234.5"), (target.Mean, problem.Encoding.WrittenAs()));
        Assert.Equal((1000 - target.Mean) / target.Deviation, problem.Splits.Train.Targets[0], 1e-6);
        var other = EncodedTable.PointsOf(Table("w,y\n0.5,\"$1,000\"\n"), problem.Encoding);
        Assert.Equal(problem.Splits.Train.Targets[0], other.Targets[0]);
        var error = Assert.Throws<DataException>(() => EncodedTable.PointsOf(Table("w,y\n0.5,1000\n"), problem.Encoding));
        Assert.StartsWith("t: line 2, column 2 ('y'): a number such as $1,234.5 as target is expected; found '1000'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Later_rows_are_read_as_those_of_the_training()
    {
        var encoding = Create(row => $"{1 + (row % 12)}/{1 + (row % 30)}/2024", new TableQuestion { Target = "y" }).Encoding;
        Assert.Equal(DateForm.MonthFirst, encoding.Columns[0].DateForm);
        float[] features = new float[1];
        Assert.Equal(-1, encoding.Encode(["3/4/2024"], ',', features));
        Assert.Equal((float)((19786 - encoding.Columns[0].Mean) / encoding.Columns[0].Deviation), features[0]);
        Assert.Equal(0, encoding.Encode(["31/4/2024"], '.', features));
        Assert.Equal("a date such as 3/31/2026", encoding.Columns[0].Expected());
    }

    [Fact]
    public void Held_out_rows_do_not_decide_and_are_refused_if_they_are_written_otherwise()
    {
        var error = Assert.Throws<DataException>(
            () => Create(row => row < 32 ? $"${row}.5" : "€5", new TableQuestion { Target = "y", Split = TableSplit.Ordered }));
        Assert.StartsWith("t: line 34, column 1 ('w'): a number such as $1,234.5, as in most rows, is expected; found '€5'.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$5", "$6")]
    [InlineData("3/31/2024", "4/1/2024")]
    public void Earlier_versions_read_words(string one, string other) => Assert.Equal(
        ColumnKind.Category, Create(row => row % 2 == 0 ? one : other, new TableQuestion { Target = "y", Spelling = TableSpelling.Plain }).Encoding.Columns[0].Kind);

    [Fact]
    public void Forms_that_nobody_knows_are_refused()
    {
        var encoding = Create(row => $"${row}", new TableQuestion { Target = "y" }).Encoding;
        encoding.Validate();
        foreach (var form in (NumberForm[])[new() { DecimalSign = '.', ThousandsSign = '.' }, new() { DecimalSign = 'x', ThousandsSign = ',' }, new() { DecimalSign = '.', ThousandsSign = ',', Unit = 'x' }])
        {
            Assert.Throws<FormatException>((encoding with { Columns = [encoding.Columns[0] with { NumberForm = form }] }).Validate);
            Assert.Throws<FormatException>((encoding with { Target = encoding.Target with { NumberForm = form } }).Validate);
        }
        Assert.Throws<FormatException>((encoding with { Columns = [encoding.Columns[0] with { DateForm = (DateForm)77 }] }).Validate);
    }

    private static double Number(TableColumn column, string cell, char decimalSign = '.')
    {
        Assert.True(column.TryNumber(cell, TableDialect.NumbersWith(decimalSign), out double number));
        return number;
    }

    private static TableProblem Create(Func<int, string> cell, TableQuestion question, char? decimalSign = null, Func<int, string>? target = null) => Problem(
        "w,y\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => $"\"{cell(row)}\",\"{target?.Invoke(row) ?? $"{row}"}\"\n")), question, decimalSign);

    private static TableProblem Problem(string text, TableQuestion question, char? decimalSign = null) =>
        TableProblem.Create(Table(text, decimalSign), question, RandomKey.FromSeed(1));

    private static TextTable Table(string text, char? decimalSign = null) =>
        TextTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t", new TableLayout(HasHeader: true, DecimalSign: decimalSign), 1 << 20);
}
