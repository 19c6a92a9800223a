using System.Globalization;
using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class TableProblemTests
{
    private const int Rows = 50;

    [Fact]
    public void Columns_become_numbers_by_their_kinds()
    {
        // Shares so small that all but two rows are for training, in order.
        var problem = Create(
            "n,word,ok,day,same,id,code,y\n",
            row => $"{(row % 2 == 0 ? 1 : 3)},{(row % 2 == 0 ? "b" : "a")},{(row % 2 == 0 ? "Yes" : "no")},2020-01-0{1 + (row % 2)},7,{row},k{row}x,{row}.5",
            new TableQuestion { Target = "y", Split = TableSplit.Ordered, ValidShare = 0.02, TestShare = 0.02 });
        var columns = problem.Encoding.Columns;
        Assert.Equal(
            [ColumnKind.Number, ColumnKind.Category, ColumnKind.YesNo, ColumnKind.Date, ColumnKind.Constant, ColumnKind.Identifier, ColumnKind.Identifier],
            columns.Select(column => column.Kind));
        Assert.Equal((2, 1), (columns[0].Mean, columns[0].Deviation));
        Assert.Equal(["a", "b"], columns[1].Categories);
        Assert.Equal(0.5, columns[2].Mean);
        Assert.Equal(18262.5, columns[3].Mean); // Days since the beginning of 1970.
        Assert.Equal([-1, 0, 1, 1, -1], Vector(problem.Splits.Train, 0));
        Assert.Equal([1, 1, 0, -1, 1], Vector(problem.Splits.Train, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("NA")]
    [InlineData("NaN")]
    [InlineData("null")]
    public void Missing_values_are_told_and_are_the_mean(string missing)
    {
        var problem = Create(
            "n,word,y\n", row => row == 0 ? $"{missing},{missing},0" : $"{1 + (row % 2 * 2)},{(row % 2 == 0 ? "b" : "a")},{row}",
            new TableQuestion { Target = "y", Split = TableSplit.Ordered });
        Assert.Equal([0, 1, 0, 0, 1], Vector(problem.Splits.Train, 0));
        Assert.Equal([0, 1, 0, 0], Vector(problem.Splits.Train, 1)[1..]);
    }

    [Fact]
    public void Nothing_of_held_out_rows_decides_how_rows_become_numbers()
    {
        var question = new TableQuestion { Target = "y", Split = TableSplit.Ordered, ValidShare = 0.2, TestShare = 0.2 };
        var one = Create("n,w,y\n", row => $"{row % 5},{"abc"[row % 3]},{row % 7}", question);
        var other = Create("n,w,y\n", row => row < 30 ? $"{row % 5},{"abc"[row % 3]},{row % 7}" : $"{1000 + row},new{row % 2},{-900 * row}", question);
        Assert.Equivalent(one.Encoding, other.Encoding, strict: true);
        Assert.Equal(Vector(one.Splits.Train, 29), Vector(other.Splits.Train, 29));
        // A word that training rows do not have is no category.
        Assert.Equal([0, 0, 0], Vector(other.Splits.Test, 0)[1..]);
    }

    [Theory]
    [InlineData("dog", "cat", TargetKind.Auto, 2)]
    [InlineData("0", "1", TargetKind.Auto, 2)]
    [InlineData("0", "1", TargetKind.Number, 0)]
    [InlineData("0.5", "1.5", TargetKind.Classes, 2)]
    public void The_target_decides_between_classes_and_a_number(string one, string other, TargetKind kind, int classes)
    {
        var problem = Create("n,y\n", row => $"{row * 0.3},{(row % 3 == 0 ? one : other)}", new TableQuestion { Target = "y", TargetKind = kind });
        Assert.Equal(classes, problem.Splits.Train.Classes.Count);
        Assert.Equal(classes == 0, problem.Splits.TargetDeviation is not null);
    }

    [Fact]
    public void A_number_is_told_in_deviations_from_its_mean()
    {
        var problem = Create("n,y\n", row => $"{row * 0.3},{100 + (row % 4)}", new TableQuestion { Target = "y", Split = TableSplit.Ordered });
        var target = problem.Encoding.Target;
        Assert.Equal(Enumerable.Range(0, 40).Average(row => 100.0 + (row % 4)), target.Mean, 12);
        Assert.Equal((100 - target.Mean) / target.Deviation, problem.Splits.Train.Targets[0], 1e-6);
    }

    [Fact]
    public void Classes_have_equal_shares_in_all_parts_and_the_key_decides_the_rows()
    {
        var (one, same, other) = (Split(1), Split(1), Split(2));
        Assert.Equal((40, 5, 5), (one.Train.Count, one.Valid.Count, one.Test.Count));
        foreach (var part in (TaskPoints[])[one.Train, one.Valid, one.Test])
            Assert.Equal(part.Count / 5, part.Labels.ToArray().Count(label => label == 1));
        Assert.Equal(Vectors(one.Test), Vectors(same.Test));
        Assert.NotEqual(Vectors(one.Test), Vectors(other.Test));
        Assert.Equal(one.Fingerprint, other.Fingerprint);

        static TaskSplits Split(ulong seed) =>
            Create("n,y\n", row => $"{row * 0.3},{(row % 5 == 0 ? "rare" : "often")}", new TableQuestion { Target = "y" }, seed).Splits;
    }

    [Fact]
    public void A_class_of_one_row_is_to_learn_from() =>
        Assert.Equal(3, Create("n,y\n", row => $"{row * 0.3},{row switch { 7 => "x", 8 => "y", _ => "z" }}", new TableQuestion { Target = "y" }).Splits.Train.Classes.Count);

    [Theory]
    [InlineData(3, "word,1", "t: line 5, column 1 ('n'): a finite number, as in most rows, is expected; found 'word'. Correct or remove the line, or give --set categories=n ")]
    [InlineData(3, "1e999,1", "t: line 5, column 1 ('n'): a number between -3.4e38 and 3.4e38, as in most rows, is expected; found '1e999'.")]
    [InlineData(3, "1,7e200", "t: line 5, column 2 ('y'): a number between -3.4e38 and 3.4e38 as target is expected; found '7e200'.")]
    [InlineData(49, "word,1", "t: line 51, column 1 ('n'): a finite number, as in most rows, is expected; found 'word'.")]
    [InlineData(3, "1,", "t: line 5, column 2 ('y'): the target, which must not be missing, is expected; found ''.")]
    [InlineData(3, "1,x", "t: line 5, column 2 ('y'): a finite number as target is expected; found 'x'.")]
    public void A_row_with_a_mistake_is_refused_by_line_and_column(int place, string wrong, string expected)
    {
        var error = Assert.Throws<DataException>(() => Create(
            "n,y\n", row => row == place ? wrong : $"{row * 0.3},{row * 0.7}", new TableQuestion { Target = "y", Split = TableSplit.Ordered }));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Columns_are_words_or_left_out_as_asked_for()
    {
        var question = new TableQuestion { Target = "y", Categories = ["n"], LeftOut = ["2"] };
        var problem = Create("n,m,y\n", row => $"{row % 3},{row * 0.3},{row * 0.7}", question);
        Assert.Equal([ColumnKind.Category, ColumnKind.LeftOut], problem.Encoding.Columns.Select(column => column.Kind));
        Assert.Equal(3, problem.Encoding.Features());
    }

    [Theory]
    [InlineData(1900, ColumnKind.Number)] // Years, say.
    [InlineData(0, ColumnKind.Identifier)]
    [InlineData(1, ColumnKind.Identifier)]
    public void Numbers_that_count_rows_from_0_or_1_in_any_order_are_left_out_unless_they_are_kept(int first, ColumnKind expected)
    {
        var question = new TableQuestion { Target = "y" };
        string Row(int row) => $"{first + (row * 7 % Rows)},{row * 0.7}";
        var fitted = Create("n,y\n", Row, question with { Kept = ["n"] }).Encoding;
        Assert.Equal(ColumnKind.Number, fitted.Columns[0].Kind);
        Assert.Equal("", fitted.LeftOut());
        var found = Create("n,m,y\n", row => $"{first + (row * 7 % Rows)},{row * 0.3},{row * 0.7}", question).Encoding;
        Assert.Equal(expected, found.Columns[0].Kind);
        Assert.Equal(expected == ColumnKind.Number ? "" : "n (another in each row); --set keep=NAME keeps a column", found.LeftOut());
    }

    [Theory]
    [InlineData("3", TargetKind.Auto, 3)]
    [InlineData("20", TargetKind.Auto, 20)]
    [InlineData("21", TargetKind.Auto, null)] // More are rather an amount.
    [InlineData("3", TargetKind.Number, null)] // Nobody need be asked.
    [InlineData("2", TargetKind.Auto, null)] // Classes already.
    [InlineData("3.5", TargetKind.Auto, null)]
    public void Few_whole_numbers_are_told_as_they_may_be_classes(string numbers, TargetKind kind, int? expected)
    {
        string[] parts = numbers.Split('.');
        int count = int.Parse(parts[0], CultureInfo.InvariantCulture);
        var problem = Create("n,y\n", row => $"{row * 0.3},{string.Join('.', [$"{row % count}", .. parts[1..]])}", new TableQuestion { Target = "y", TargetKind = kind });
        Assert.Equal(expected, problem.PossibleClasses);
    }

    [Theory]
    [InlineData("3/4/2024", "'3/4/2024' may have the month or the day first: --set spelling=monthFirst or dayFirst says which")]
    [InlineData("1-2-2024 2:05 PM", "'1-2-2024 2:05 PM' may have the month or the day first: --set spelling=monthFirst or dayFirst says which")]
    [InlineData("12.345 €", "'12.345 €' may be 12.345 or 12345: --set decimalSign=point or comma says which")]
    [InlineData("12/31/20", "'12/31/20' looks like a date whose year has two digits")]
    [InlineData("31. Dez 2020", "'31. Dez 2020' looks like a date")]
    [InlineData("12 kg", null)]
    [InlineData("k12", null)]
    [InlineData("192.168.100.1", null)]
    public void Words_that_may_be_numbers_or_dates_are_told(string cell, string? expected)
    {
        string[] found = expected is null ? [] : [$"w ({expected})"];
        var question = new TableQuestion { Target = "y" };
        string Row(int row) => $"\"{(row % 2 == 0 ? cell : cell.Replace('2', '3'))}\",{row},{row * 2}";
        Assert.Equal(found, Create("w,n,y\n", Row, question with { Kept = ["n"] }).ReadAsWords);
        Assert.Empty(Create("w,n,y\n", Row, question with { Kept = ["n"], Categories = ["w"] }).ReadAsWords);
    }

    [Fact]
    public void A_cell_that_is_not_written_as_the_others_is_told()
    {
        static string Row(int row) => $"{(row == 30 ? "none" : row % 2 == 0 ? "$5" : "$6")},{(row % 2 == 0 ? "$5" : "€5")},{row * 0.7}";
        Assert.Equal(
            ["v ('$5' looks like a number with a sign of currency, 'none' does not)", "w ('$5' looks like a number with a sign of currency)"],
            Create("v,w,y\n", Row, new TableQuestion { Target = "y", Split = TableSplit.Ordered }).ReadAsWords);
    }

    [Fact]
    public void Words_that_all_differ_are_categories_if_they_are_kept()
    {
        var question = new TableQuestion { Target = "y", Kept = ["w"] };
        Assert.Equal(ColumnKind.Category, Create("w,y\n", row => $"k{row}x,{row * 0.7}", question).Encoding.Columns[0].Kind);
        Assert.StartsWith(
            "t: column 'w' is to be kept and left out.",
            Assert.Throws<DataException>(() => Create("w,y\n", row => $"k{row}x,{row * 0.7}", question with { LeftOut = ["1"] })).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n,y\n", "#e300,1.#", "t: line 2, column 1 ('n'): a number between -3.4e38 and 3.4e38, as in most rows, is expected; found '1e300'.")]
    [InlineData("n,y\n", "1.#,#e200", "t: line 2, column 2 ('y'): a number between -3.4e38 and 3.4e38 as target is expected; found '1e200'.")]
    [InlineData("n,y\n", "1.#,k#", "t: the target column 'y' has 50 classes, of which 50 have one row, which is for training, so that its 50 rows make 50 for training, 0 ")]
    [InlineData(
        "n,y\n", "1.#,#/1/20",
        "t: the target column 'y' has 50 classes, of which 50 have one row, which is for training, so that its 50 rows make 50 for training, 0 for validation and 0 "
        + "for the test; at least 2, 1 and 1 are needed. '1/1/20' looks like a date whose year has two digits. Give another --target")]
    [InlineData("n,y\n", "#/1/20,1.#", "t: no column is left to predict 'y' from; left out: n (another in each row); --set keep=NAME keeps a column; read as words: n ('1/1/20' looks ")]
    [InlineData("n,m,k,y\n", "5,#,k#,1.#", "t: no column is left to predict 'y' from; left out: n (the same in all training rows), m (another in each row), k (another ")]
    public void Columns_without_a_use_are_told_with_the_reason(string header, string row, string expected)
    {
        var error = Assert.Throws<DataException>(
            () => Create(header, n => row.Replace("#", $"{n + 1}", StringComparison.Ordinal), new TableQuestion { Target = "y" }));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_are_made_of_the_columns_that_are_asked_for()
    {
        var question = new TableQuestion { Target = "y", ClusterColumns = ["g"] };
        static string Row(int row) => $"{row * 0.3},{"abc"[row % 3]},{row * 0.7}";
        Assert.Equal([false, true, true, true], Create("n,g,y\n", Row, question).Splits.ClusterFeatures);
        Assert.Null(Create("n,g,y\n", Row, question with { ClusterColumns = [] }).Splits.ClusterFeatures);
        Assert.Contains("the column of clusters 'z' is no column", Assert.Throws<DataException>(() => Create("n,g,y\n", Row, question with { ClusterColumns = ["z"] })).Message, StringComparison.Ordinal);
        Assert.Contains("no input is made of the columns of clusters, y.", Assert.Throws<DataException>(() => Create("n,g,y\n", Row, question with { ClusterColumns = ["y"] })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n,y\n", "1,2", "t: line 2, column 2 ('y'): a target that is not the same in all rows is expected")]
    [InlineData("n,y\n", "1,#", "t: no column is left to predict 'y' from")]
    [InlineData("n,z\n", "#,1", "t: the target column 'y' is no column")]
    public void A_table_that_tells_nothing_is_refused(string header, string row, string expected)
    {
        var error = Assert.Throws<DataException>(
            () => Create(header, n => row.Replace("#", $"{n}.5", StringComparison.Ordinal), new TableQuestion { Target = "y" }));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_later_are_encoded_by_what_was_fitted()
    {
        var encoding = Create(
            "n,w,y\n", row => $"{1 + (row % 2 * 2)},{(row % 2 == 0 ? "b" : "a")},{row}", new TableQuestion { Target = "y", Split = TableSplit.Ordered }).Encoding;
        float[] features = new float[encoding.Features()];
        Assert.Equal(-1, encoding.Encode(["1,5", "a"], ',', features));
        Assert.Equal([-0.5f, 1, 0], features);
        Assert.Equal(0, encoding.Encode(["1,5", "a"], '.', features));
        Assert.Throws<ArgumentException>(() => encoding.Encode(["1"], '.', features));
    }

    [Theory]
    [InlineData("diamonds.csv", "price")]
    [InlineData("letters.csv", "lettr")]
    [InlineData("pima-missing.csv", "diabetes")]
    [InlineData("votes-missing.csv", "Class")]
    [InlineData("servo.csv", "Class")]
    [InlineData("european.csv", "Preis")]
    [InlineData("piecewise.csv", "y")]
    public void Real_tables_are_read(string file, string target)
    {
        var table = TextTable.Read(Path.Join(RealData.FolderOf("tables"), file));
        var problem = TableProblem.Create(table, new TableQuestion { Target = target }, RandomKey.FromSeed(1));
        Assert.True(table.HasHeader);
        Assert.Equal(table.Count, problem.Splits.Train.Count + problem.Splits.Valid.Count + problem.Splits.Test.Count);
        Assert.DoesNotContain(problem.Encoding.Columns, column => column.Features() == 0);
    }

    [Fact]
    public void A_real_table_with_damaged_rows_is_refused_by_its_first_one()
    {
        string path = Path.Join(RealData.FolderOf("tables"), "damaged.csv");
        Assert.StartsWith($"{path}: line 11, column 4 ('y') is missing: the line has 3 columns; 4 are expected", Assert.Throws<DataException>(() => TextTable.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_table_with_damaged_rows_is_refused_with_the_number_of_all_of_them()
    {
        string path = Path.Join(RealData.FolderOf("tables"), "damaged.csv");
        string message = Assert.Throws<DataException>(() => TableProblem.ReadTable(path, new TableQuestion { Target = "y" })).Message;
        Assert.EndsWith(" This is the first of 200 damaged rows.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_values_are_counted_by_rows_and_the_first_row_is_told()
    {
        string message = Refused("a,b,y\n", row => row switch { 7 => "x,x,1", 11 => "1,2,", 13 => "1,2,z", _ => $"{row}.5,{row % 3},{row % 5}" }, new TableQuestion { Target = "y" });
        Assert.StartsWith("t: line 9, column 1 ('a'): a finite number, as in most rows, is expected", message, StringComparison.Ordinal);
        Assert.EndsWith(" This is the first of 3 damaged rows.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_words_and_columns_that_are_left_out_have_no_wrong_values()
    {
        var question = new TableQuestion { Target = "y", Categories = ["a"], LeftOut = ["b"] };
        string message = Refused("a,b,y\n", row => row switch { 7 => "x,x,1", 11 => "1,2,", 13 => "1,2,", _ => $"{row}.5,{row % 3},{row % 5}" }, question);
        Assert.StartsWith("t: line 13, column 3 ('y'): the target, which must not be missing, is expected", message, StringComparison.Ordinal);
        Assert.EndsWith(" This is the first of 2 damaged rows.", message, StringComparison.Ordinal);
    }

    private static string Refused(string header, Func<int, string> row, TableQuestion question) =>
        Assert.Throws<DataException>(() => Create(header, row, question)).Message;

    private static TableProblem Create(string header, Func<int, string> row, TableQuestion question, ulong seed = 1)
    {
        var text = new StringBuilder(header);
        for (int n = 0; n < Rows; n++)
            text.Append(row(n)).Append('\n');
        var table = TextTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), "t", new TableLayout(HasHeader: true), 1 << 20);
        return TableProblem.Create(table, question, RandomKey.FromSeed(seed));
    }

    private static float[] Vector(TaskPoints points, int row)
    {
        float[] vector = new float[points.Inputs.Features];
        points.Inputs.CopyTo(row, vector);
        return vector;
    }

    private static string Vectors(TaskPoints points) => string.Join(
        ' ', Enumerable.Range(0, points.Count).Select(row => Vector(points, row)[0].ToString(CultureInfo.InvariantCulture)));
}
