using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class LabelledTableTests
{
    private static readonly TableFormat WithHeader = new(HasHeader: true);

    [Fact]
    public void The_last_column_is_the_label_and_the_others_are_numbers()
    {
        var table = Read("1,2.5,a\n-3e1,.5,b\n 7 , \"8\" ,a\n");
        Assert.Equal((3, 2), (table.Count, table.Features.Count));
        Assert.Equal(["1", "2"], table.Features);
        Assert.Equal([1, 2.5f], table[0].ToArray());
        Assert.Equal([-30, 0.5f], table[1].ToArray());
        Assert.Equal([7, 8], table[2].ToArray());
        Assert.Equal(["a", "b"], table.Classes);
        Assert.Equal([0, 1, 0], table.Labels.ToArray());
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("2")]
    public void The_label_column_may_be_named_or_numbered(string label)
    {
        var table = Read("width, kind ,height\n1,x,2\n3,y,4\n", WithHeader with { LabelColumn = label });
        Assert.Equal(["width", "height"], table.Features);
        Assert.Equal([3, 4], table[1].ToArray());
        Assert.Equal(["x", "y"], table.Classes);
        Assert.Equal(["1", "3"], Read("1,x,2\n", new TableFormat(LabelColumn: "2")).Features);
    }

    [Fact]
    public void A_name_in_the_header_comes_before_a_number() =>
        Assert.Equal(["b", "c"], Read("3,b,c\nx,1,2\n", WithHeader with { LabelColumn = "3" }).Features);

    [Fact]
    public void Whole_numbers_become_classes_in_numeric_order_and_words_in_ordinal_order()
    {
        var numbers = Read("0,10\n0,9\n0,-1\n0,09\n");
        Assert.Equal(["-1", "9", "10"], numbers.Classes);
        Assert.Equal([2, 1, 0, 1], numbers.Labels.ToArray());
        Assert.Equal(["10", "B", "a"], Read("0,a\n0,10\n0,B\n").Classes);
    }

    [Fact]
    public void Another_table_is_read_with_the_classes_of_the_first()
    {
        var test = Read("1,9\n1,09\n", classes: ["-1", "9", "10"]);
        Assert.Equal(["-1", "9", "10"], test.Classes);
        Assert.Equal([1, 1], test.Labels.ToArray());
        Refuses(
            "line 2, column 2: one of the 2 labels of the training table is expected; found 'c'",
            "1,b\n1,c\n",
            classes: ["a", "b"]);
    }

    [Theory]
    [InlineData("1,2,a\r\n3,4,b\r\n")]
    [InlineData("\uFEFF1,2,a\n\n3,4,b")]
    public void Line_ends_marks_and_empty_lines_do_not_matter(string text)
    {
        var table = Read(text);
        Assert.Equal(2, table.Count);
        Assert.Equal([3, 4], table[1].ToArray());
    }

    [Theory]
    [InlineData("1,2,a\n\n3,x,b\n", "line 3, column 2: a number is expected; found 'x'")]
    [InlineData("1,2,a\n3,,b\n", "line 2, column 2: a number is expected; found ''")]
    [InlineData("1,nan,a\n", "line 1, column 2: a number is expected; found 'nan'")]
    [InlineData("1,1e39,a\n", "line 1, column 2: a number is expected; found '1e39'")]
    [InlineData("1,2,a\n3,4\n", "line 2, column 3 is missing: the line has 2 columns; 3 are expected")]
    [InlineData("1,2,a\n3,4,5,b\n", "line 2, column 4 is one too many: the line has 4 columns; 3 are expected")]
    [InlineData("1,2,\n", "line 1, column 3: UTF-8 text is expected; found ''")]
    [InlineData("1,2,0.5\n", "line 1, column 3: a whole number or a word as label is expected; found '0.5'")]
    [InlineData("", "has no rows; at least one is expected")]
    [InlineData("1\n2\n", "has 1 column; at least two are expected")]
    [InlineData("1:2:a\n", "has 1 column; at least two are expected")]
    [InlineData("1,\"2,a\n3,4,b\n", "line 1, column 2: its quotes are not closed, in the line or in the 1 MiB below it.")]
    [InlineData("1,2,a\n3,4,b\0\n", "line 2, column 3: text without control characters is expected; found 'b?'")]
    [InlineData("1,2,a\u0007\n", "line 1, column 3: text without control characters is expected; found 'a?'")]
    [InlineData("1,2\0,a\n", "line 1, column 2: a number is expected; found '2?'")]
    [InlineData("1;2;a\n2;3;4,5\n", "line 2, column 3: a whole number or a word as label is expected; found '4,5'")]
    public void What_is_wrong_is_told_with_its_place(string text, string expected) => Refuses(expected, text);

    [Theory]
    [InlineData("a,b,c\n1,x,k\n", null, "line 2, column 2 ('b'): a number is expected; found 'x'")]
    [InlineData("a,b,c\n1,2\n", null, "line 2, column 3 ('c') is missing: the line has 2 columns; 3 are expected")]
    [InlineData("a,b,c\n", null, "has no rows")]
    [InlineData("a,b,c\n1,2,3\n", "d", "the label column 'd' is none of its columns; give the name of one")]
    [InlineData("a,b,c\n1,2,3\n", "4", "the label column '4' is none of its columns")]
    [InlineData("a,b\0,c\n1,2,3\n", null, "the header's column 2 has control characters: 'b?'")]
    [InlineData("a,b,a\n1,2,3\n", "a", "the label column 'a' is the name of 2 of its columns")]
    public void Errors_name_the_columns_of_the_header(string text, string? label, string expected) =>
        Refuses(expected, text, WithHeader with { LabelColumn = label });

    [Fact]
    public void A_header_that_is_not_announced_is_pointed_out() =>
        Refuses("found 'width'. Correct the table, or check which of its columns holds the label", "width,kind\n1,a\n");

    [Fact]
    public void Labels_that_are_no_text_are_refused_and_long_values_shortened()
    {
        Refuses("column 2: UTF-8 text is expected", [.. "1,"u8, 0xC3, 0x28, .. "\n"u8]);
        Refuses($"found '{new string('x', 40)}...'", Encoding.UTF8.GetBytes(new string('x', 1000) + ",a\n"));
        Refuses("found 'a?b'", "a\u0001b,c\n"u8.ToArray());
    }

    [Fact]
    public void More_numbers_than_the_bound_are_refused()
    {
        byte[] text = "1,a\n2,b\n3,c\n"u8.ToArray();
        Assert.Equal(3, LabelledTable.Read(new MemoryStream(text), "t", new TableFormat(), null, mostBytes: 24).Count);
        var error = Assert.Throws<DataException>(
            () => LabelledTable.Read(new MemoryStream(text), "t", new TableFormat(), null, mostBytes: 23));
        Assert.StartsWith("t: has more than 23 bytes of numbers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_end_is_refused_before_it_fills_the_memory()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("t.csv", Encoding.UTF8.GetBytes(new string('1', 40 << 20)));
        var error = Assert.Throws<DataException>(() => LabelledTable.Read(path));
        Assert.StartsWith($"{path}: cannot be read as a table", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_read_and_a_missing_one_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(1, LabelledTable.Read(folder.Write("t.csv", "1,2,a\n")).Count);
        string missing = Path.Join(folder.Path, "none.csv");
        var error = Assert.Throws<DataException>(() => LabelledTable.Read(missing));
        Assert.Equal($"{missing}: there is no such file. Check the path.", error.Message);
        error = Assert.Throws<DataException>(() => LabelledTable.Read(folder.Path));
        Assert.StartsWith($"{folder.Path}: cannot be opened: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Give the file of a table, text (CSV) or Parquet.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_tables_are_read_or_refused(bool hasHeader)
    {
        byte[] whole = Encoding.UTF8.GetBytes("a,b,\"c\"\n1,2.5,\"x\"\"y\"\n3,4e2,\u00EF\r\n\n5,6,z\n");
        var format = new TableFormat(hasHeader);
        int read = Fuzzing.Run($"damaged table {hasHeader}", 2000, key =>
        {
            byte[] bytes = key.Below(50, 4) == 0 ? Fuzzing.RandomBytes(key, 200) : Fuzzing.Damage(key, whole);
            Assert.NotEqual(0, LabelledTable.Read(new MemoryStream(bytes), "t", format, null, 1 << 20).Count);
        });
        Assert.InRange(read, hasHeader ? 1 : 0, 1999);
    }

    private static LabelledTable Read(string text, TableFormat? format = null, string[]? classes = null) =>
        Read(Encoding.UTF8.GetBytes(text), format, classes);

    private static LabelledTable Read(byte[] bytes, TableFormat? format, string[]? classes) =>
        LabelledTable.Read(new MemoryStream(bytes), "t", format ?? new TableFormat(), classes, 1 << 20);

    private static void Refuses(string expected, string text, TableFormat? format = null, string[]? classes = null) =>
        Refuses(expected, Encoding.UTF8.GetBytes(text), format, classes);

    private static void Refuses(string expected, byte[] bytes, TableFormat? format = null, string[]? classes = null)
    {
        var error = Assert.Throws<DataException>(() => Read(bytes, format, classes));
        Assert.StartsWith("t: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
