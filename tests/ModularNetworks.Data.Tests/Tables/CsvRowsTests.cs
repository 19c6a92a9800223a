using System.Globalization;
using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

/// <summary>Rows of several lines, and quotes that are not closed.</summary>
public sealed class CsvRowsTests
{
    [Theory]
    [InlineData("a,\"b\nc\",d\ne", "1:a|b~c|d 3:e")]
    [InlineData("a,\"b\r\n\r\n\r\nc\"\r\ne\r\n", "1:a|b~~~c 5:e")]
    [InlineData("\"a\n\"\"b\"\"\n,c\",\"d\ne\"\nf", "1:a~\"b\"~,c|d~e 5:f")]
    [InlineData("\"\na\"\n\n\n\"b\n\"", "1:~a 5:b~")]
    [InlineData("a,\"b\nc,\"d\"\ne", "1!2 2:c|d 3:e")] // The quote before d would close the cell, and d follows it.
    [InlineData("a,\"b\nc\n\nd", "1!2 2:c 4:d")] // The end of the text.
    [InlineData("a,\"b\n\nc,\"\"\nd,\"e\nf\"\ng", "1!2 3:c| 4:d|e~f 6:g")] // Lines with quotes in pairs are read again.
    [InlineData("a,\"b\nc\"d\ne\"f\"\n\"g\n\"h", "1!2 2!1 3!1 4!1 5!1")]
    [InlineData("\"a\n\"b\n\"c\n\"d", "1!1 2!1 3!1 4!1")]
    public void Rows_have_the_lines_of_their_quotes(string text, string expected) => Assert.Equal(expected, Rows(text));

    [Fact]
    public void Quotes_that_are_never_closed_take_one_line_and_not_the_rest_of_the_file()
    {
        string below = string.Concat(Enumerable.Repeat("c,\"d\"\"\"\n", CsvRows.MostBytes / 4));
        using var rows = new CsvRows(new MemoryStream(Encoding.UTF8.GetBytes($"a,\"b\n{below}")), ',');
        Assert.True(rows.Read());
        Assert.Equal(new QuoteProblem(1, 2, IsOpen: true, ReachesEnd: false, IsText: true), rows.Problem);
        long read = 1;
        for (; rows.Read(); read++)
        {
            Assert.Null(rows.Problem);
            Assert.Equal(read + 1, rows.Line);
            Assert.Equal("d\"", Encoding.UTF8.GetString(rows.Cell(1)));
        }
        Assert.Equal(1 + (CsvRows.MostBytes / 4), read);
    }

    [Fact]
    public void Very_many_empty_lines_in_quotes_take_no_memory()
    {
        string text = $"\"a{new string('\n', 3 * CsvRows.MostBytes)}b\"\nc\n";
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"1!1 {(3 * CsvRows.MostBytes) + 1}!1 {(3 * CsvRows.MostBytes) + 2}:c"), Rows(text));
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_stay_what_they_are()
    {
        using var rows = new CsvRows(new MemoryStream([(byte)'"', 0xff, 0xfe, (byte)'\n', 0xe4, (byte)'"']), ',');
        Assert.True(rows.Read());
        Assert.Equal([0xff, 0xfe, (byte)'\n', 0xe4], rows.Cell(0).ToArray());
    }

    [Fact]
    public void Every_line_of_a_random_text_is_in_a_row_or_named()
    {
        for (ulong seed = 0; seed < 2000; seed++)
        {
            var key = RandomKey.FromSeed(seed);
            int lines = 1 + key.Below(0, 12);
            string[] text = [.. Enumerable.Range(0, lines).Select(line => "x" + string.Concat(Enumerable.Range(0, key.Below((ulong)line, 8)).Select(
                place => ",\"a"[key.Below((ulong)((100 * line) + place + 50), 3)])))];
            using var rows = new CsvRows(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', text).Replace("x,", ",", StringComparison.Ordinal))), ',');
            long next = 1;
            while (rows.Read())
            {
                Assert.Equal(next, rows.Problem?.Line ?? rows.Line);
                next++;
                if (rows.Problem is null)
                    next += Enumerable.Range(0, rows.Columns).Sum(column => rows.Cell(column).Count((byte)'\n'));
            }
            Assert.Equal(lines + 1, next);
        }
    }

    private static string Rows(string text)
    {
        using var rows = new CsvRows(new MemoryStream(Encoding.UTF8.GetBytes(text)), ',');
        var found = new List<string>();
        while (rows.Read())
        {
            found.Add(rows.Problem is { } problem
                ? string.Create(CultureInfo.InvariantCulture, $"{problem.Line}!{problem.Column}")
                : string.Create(CultureInfo.InvariantCulture, $"{rows.Line}:{string.Join('|', Enumerable.Range(0, rows.Columns).Select(column => Encoding.UTF8.GetString(rows.Cell(column)).Replace('\n', '~')))}"));
        }
        return string.Join(' ', found);
    }
}
