using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class TextTableTests
{
    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", true)]
    [InlineData("1,2\n3,4\n", false)]
    [InlineData("a,1\nb,2\n", false)]
    [InlineData("a,2020-01-05\nb,2020-01-06\n", false)]
    [InlineData("art,farbe\nx,rot\ny,rot\nx,blau\n", true)]
    [InlineData("x,rot\ny,rot\nx,blau\n", false)] // The first line's words occur again.
    [InlineData("\"\",carat\n\"1\",0.5\n\"2\",0.75\n", true)] // Names of rows, as R writes them.
    [InlineData("a,?\nb,2\n", false)]
    [InlineData("a,b,\n1,2,\n", true)] // A delimiter at the end of each line.
    [InlineData("a,,\n1,2,\n", false)]
    [InlineData("Länge;Preis\n1,5;-2,5\n", true)]
    [InlineData("a,b\n", true)]
    public void The_first_rows_show_whether_there_is_a_header(string text, bool expected)
    {
        if (text == "a,b\n")
            Assert.Contains("has no rows", Assert.Throws<DataException>(() => Read(text)).Message, StringComparison.Ordinal);
        else
            Assert.Equal(expected, Read(text).HasHeader);
    }

    [Fact]
    public void Cells_are_the_texts_of_the_file_without_quotes()
    {
        var table = Read("id;Name;Preis\r\n1;\"Müller; \"\"Söhne\"\"\";1,5\r\n2;;-2,25\r\n");
        Assert.Equal((new TableDialect(';', ','), true, 2), (table.Dialect, table.HasHeader, table.Count));
        Assert.Equal(["id", "Name", "Preis"], table.Columns);
        Assert.Equal(["1", "Müller; \"Söhne\"", "1,5"], table[0]);
        Assert.Equal(["2", "", "-2,25"], table[1]);
    }

    [Fact]
    public void A_cell_in_quotes_may_have_several_lines_which_are_read_with_spaces_between_them()
    {
        var table = Read("\"Preis\r\n(EUR)\";Text\r\n1,5;\"eins\r\n\r\nzwei; \"\"drei\"\"\n\"\r\n2;\"\nx\"\r\n3,25;y\r\n");
        Assert.Equal(["Preis (EUR)", "Text"], table.Columns);
        Assert.Equal([["1,5", "eins  zwei; \"drei\""], ["2", "x"], ["3,25", "y"]], Enumerable.Range(0, table.Count).Select(row => table[row]));
    }

    [Fact]
    public void What_is_given_is_not_looked_for()
    {
        Assert.Equal(["1", "2"], Read("a,b\n1,2\n", new TableLayout(HasHeader: false)).Columns);
        Assert.Equal(["1", "2"], Read("1,2\n3,4\n", new TableLayout(HasHeader: true)).Columns);
        Assert.Equal(["1;x", "2"], Read("1;x,2\n3;y,4\n", new TableLayout(Delimiter: ','))[0]);
        Assert.Equal(',', Read("1;1,234\n", new TableLayout(DecimalSign: ',')).Dialect!.DecimalSign);
    }

    [Theory]
    [InlineData("b", 1)]
    [InlineData("2", 1)]
    [InlineData("3", 0)] // A name comes before a number.
    public void Columns_are_found_by_name_or_number(string name, int expected) =>
        Assert.Equal(expected, Read("3x,b,c\n1,2,3\n".Replace("3x", "3", StringComparison.Ordinal), new TableLayout(HasHeader: true)).FindColumn(name, "the column"));

    [Theory]
    [InlineData("", "t: the column is not given. Give the name of a column, or its number from 1 to 3: a, b, c.")]
    [InlineData("d", "t: the column 'd' is no column.")]
    [InlineData("4", "t: the column '4' is no column.")]
    public void A_column_that_is_not_there_is_refused(string name, string expected)
    {
        var table = Read("a,b,c\n1,2,3\n");
        Assert.StartsWith(expected, Assert.Throws<DataException>(() => table.FindColumn(name, "the column")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "t: line 3, column 2 ('b') is missing: the line has 1 column; 2 are expected")]
    [InlineData("a,b\n1,2\n\n3,4,5\n", "t: line 4, column 3 is one too many: the line has 3 columns; 2 are expected")]
    [InlineData("a,b\n1,2\n3,\"4\n", "t: line 3, column 2 ('b'): its quotes are not closed, in the line or in the 1 MiB below it. Close them; a quote within a cell is written twice.")]
    [InlineData("a,b\n1,\"2\n\"x\",3\n", "t: line 2, column 2 ('b'): its quotes are not closed")]
    [InlineData("a,b\n1,\"2\n3\",4\n", "t: line 2, column 3 is one too many: the line has 3 columns; 2 are expected")]
    [InlineData("a,b\n1,\"2\n\n3\"\n\n4\n", "t: line 6, column 2 ('b') is missing")]
    [InlineData("a,b\n1,2\"3\n", "t: line 2, column 2 ('b'): the cell has misplaced quotes. Put the whole cell in quotes, and write a quote within it twice.")]
    [InlineData("a,\"b\n1,2\n", "t: line 1, column 2: its quotes are not closed")]
    [InlineData("a,b,a\n1,2,3\n", "t: columns 1 and 3 have the same name 'a'; each column needs one of its own.")]
    [InlineData("a,b,y\n1;2;3\n4;5;6\n", "t: line 1 has 3 columns with commas between them, the lines below 3 with semicolons; all lines must have the same.")]
    [InlineData("a,b\n1,x\u0001y\n", "t: line 2, column 2 ('b'): text without control characters is expected")]
    [InlineData("", "t: has no rows")]
    public void Broken_rows_are_refused_by_their_line(string text, string expected)
    {
        var error = Assert.Throws<DataException>(() => Read(text));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Names_of_columns_must_be_UTF_8_as_cells_must()
    {
        byte[] latin = Encoding.Latin1.GetBytes("größe,wört,t\n1,a,2\n");
        Assert.StartsWith("t: line 1, column 1: UTF-8 text is expected; found 'gr", ErrorOf(latin), StringComparison.Ordinal);
        Assert.EndsWith("'. Save the table as UTF-8.", ErrorOf(latin), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x1f, 0x8b, 8, 0, 0, 0 }, "t: is compressed by gzip. Unpack it, for example by gunzip; tables are read as text or as Parquet.")]
    [InlineData(new byte[] { 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0 }, "t: is compressed by xz. Unpack it")]
    [InlineData(new byte[] { 0x28, 0xb5, 0x2f, 0xfd, 0 }, "t: is compressed by Zstandard. Unpack it")]
    [InlineData(new byte[] { 0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59 }, "t: is compressed by bzip2. Unpack it")]
    [InlineData(new byte[] { 0x50, 0x4b, 3, 4, 20, 0 }, "t: is a ZIP archive, or a document or workbook of an office program. Unpack it, or save it as text or CSV; tables are read")]
    public void Compressed_files_are_told_as_such(byte[] file, string expected) => Assert.StartsWith(expected, ErrorOf(file), StringComparison.Ordinal);

    [Fact]
    public void A_name_may_begin_as_a_compressed_file_does() => Assert.Equal("PK", Read("PK,BZh\n1,2\n").Columns[0]);

    [Fact]
    public void A_first_line_that_was_not_taken_for_names_is_told() => Assert.StartsWith(
        "t: the column 'a' is no column. The first line was not taken for names of columns; --set header=yes takes it. Give the name",
        Assert.Throws<DataException>(() => Read("a,b,,\n1,2,3,4\n").FindColumn("a", "the column")).Message, StringComparison.Ordinal);

    [Fact]
    public void No_more_cells_are_read_than_may_be() =>
        Assert.Contains("has more than 5 cells", Assert.Throws<DataException>(
            () => TextTable.Read(new MemoryStream("1,2\n3,4\n5,6\n"u8.ToArray()), "t", new TableLayout(), mostCells: 5)).Message, StringComparison.Ordinal);

    [Fact]
    public void Random_and_damaged_tables_are_read_or_refused_with_one_line()
    {
        byte[] whole = Encoding.UTF8.GetBytes("name;größe;am\r\n\"a;b\";1,5;2020-01-02\r\nc;-2,25;2021-03-04\r\n;?;2022-05-06\r\n");
        int taken = Fuzzing.Run("text table", rounds: 2000, Round);
        Assert.InRange(taken, 1, 1999);

        void Round(RandomKey key) => TextTable.Read(
            new MemoryStream(key.Below(9, 2) == 0 ? Fuzzing.Damage(key, whole) : Fuzzing.RandomBytes(key, longest: 60)), "t", new TableLayout(), 1 << 20);
    }

    private static string ErrorOf(byte[] file) =>
        Assert.Throws<DataException>(() => TextTable.Read(new MemoryStream(file), "t", new TableLayout(), 1 << 20)).Message;

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_row_that_is_not_there_is_refused_by_its_number(int row) =>
        Assert.Equal("row", Assert.Throws<ArgumentOutOfRangeException>(() => Read("a,b\n1,2\n3,4\n")[row]).ParamName);

    private static TextTable Read(string text, TableLayout? layout = null) =>
        TextTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t", layout ?? new TableLayout(), 1 << 20);

    [Fact]
    public void All_damaged_rows_are_counted_and_the_first_is_named()
    {
        string text = "a,b\n" + string.Concat(Enumerable.Range(0, 300).Select(row => row % 3 == 0 ? "1\n" : row % 3 == 1 ? "1,2\"3\n" : "1,2\n")) + "1,x\u0001\n";
        Assert.Equal(
            "t: line 2, column 2 ('b') is missing: the line has 1 column; 2 are expected, as in the first line. Correct the line, or check that the file is complete. "
            + "This is the first of 201 damaged rows.",
            Refused(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_file_without_end_of_damaged_rows_is_not_read_to_its_end() => Assert.EndsWith(
        " This is the first of 100000 or more damaged rows.", Refused(Encoding.UTF8.GetBytes("a,b\n1,2\n" + string.Concat(Enumerable.Repeat("1\n", 100_001)))), StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00, 0x00, 0xdc, 0x62, 0x00 }, "t: line 2: is not valid text;")]
    [InlineData(new byte[] { 0xfe, 0xff, 0xd8, 0x01, 0x00, 0x61 }, "t: line 1: is not valid text;")]
    [InlineData(new byte[] { 0xff, 0xfe, 0x61, 0x00, 0x62 }, "t: line 1: is not valid text;")]
    [InlineData(new byte[] { 0xef, 0xbb, 0xbf, 0x80, 0x22, 0x81, 0x2c, 0x32, 0x0a }, "t: line 1: is not valid UTF-8 text.")]
    public void A_byte_order_mark_makes_no_text_of_other_bytes(byte[] bytes, string expected) => Assert.StartsWith(expected, Refused(bytes), StringComparison.Ordinal);

    private static string Refused(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Assert.Throws<DataException>(() => TextTable.Read(stream, "t", new TableLayout(), mostCells: 1 << 20)).Message;
    }
}
