using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class EncodedTableTests
{
    private const int Rows = 40;

    [Theory]
    [InlineData(TargetKind.Number)]
    [InlineData(TargetKind.Classes)]
    public void Rows_of_the_training_become_what_they_were_to_the_last_bit(TargetKind kind)
    {
        var question = new TableQuestion { Target = "y", TargetKind = kind, Split = TableSplit.Ordered };
        string own = Text("n,word,same,y", row => $"{row * 0.7},{"abc"[row % 3]},1,{row % 5}");
        var problem = TableProblem.Create(Table(own), question, RandomKey.FromSeed(1));
        // Other signs and another order, and without the column that is left out.
        var points = EncodedTable.PointsOf(Table(Text("y;word;n", row => $"{row % 5};{"abc"[row % 3]};{row * 0.7}")), problem.Encoding);
        float[] expected = new float[points.Inputs.Features], found = new float[points.Inputs.Features];
        for (int row = 0; row < problem.Splits.Train.Count; row++)
        {
            problem.Splits.Train.Inputs.CopyTo(row, expected);
            points.Inputs.CopyTo(row, found);
            Assert.Equal(expected, found);
        }
        int trained = problem.Splits.Train.Count;
        Assert.Equal(problem.Splits.Train.Labels.ToArray(), points.Labels.ToArray().Take(trained));
        Assert.Equal(problem.Splits.Train.Targets.ToArray(), points.Targets.ToArray().Take(trained));
    }

    [Theory]
    [InlineData(TargetKind.Number, "a finite number as target")]
    [InlineData(TargetKind.Classes, "one of the 5 classes of the training")]
    public void Wrong_values_of_other_data_are_counted_by_rows(TargetKind kind, string expected)
    {
        var question = new TableQuestion { Target = "y", TargetKind = kind };
        var encoding = TableProblem.Create(Table(Text("n,y", row => $"{row * 0.7},{row % 5}")), question, RandomKey.FromSeed(1)).Encoding;
        var other = Table("n,y\n1.5,1\n2.5,?z\n!,2\n4.5,3\n!,q\n");
        string message = Assert.Throws<DataException>(() => EncodedTable.PointsOf(other, encoding)).Message;
        Assert.StartsWith($"table.csv: line 3, column 2 ('y'): {expected}", message, StringComparison.Ordinal);
        Assert.EndsWith(" This is the first of 3 damaged rows.", message, StringComparison.Ordinal);
    }

    private static string Text(string header, Func<int, FormattableString> row) =>
        string.Concat(Enumerable.Range(0, Rows).Select(row).Select(line => FormattableString.Invariant(line) + "\n").Prepend(header + "\n"));

    private static TextTable Table(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return TextTable.Read(stream, "table.csv", new TableLayout(), mostCells: 1 << 20);
    }
}
