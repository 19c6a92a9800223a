using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>The rows of the parts of a table, in the order of the file.</summary>
/// <param name="Train">The rows to learn from.</param>
/// <param name="Valid">The rows to decide by.</param>
/// <param name="Test">The rows to measure generalisation with.</param>
internal sealed record RowSplit(int[] Train, int[] Valid, int[] Test)
{
    /// <summary>Splits rows in their order.</summary>
    public static RowSplit Ordered(int rows, double validShare, double testShare)
    {
        int[] all = [.. Enumerable.Range(0, rows)];
        int test = (int)Math.Round(rows * testShare), valid = (int)Math.Round(rows * validShare);
        return new RowSplit(all[..(rows - valid - test)], all[(rows - valid - test)..(rows - test)], all[(rows - test)..]);
    }

    /// <summary>Splits rows at random, with equal shares of each class. A row at least of each class is to learn from.</summary>
    /// <param name="classOf">The class of each row; the same for all rows where there are none.</param>
    /// <param name="validShare">The share of the rows to decide by.</param>
    /// <param name="testShare">The share of the rows of the test.</param>
    /// <param name="key">Draws the rows.</param>
    public static RowSplit Stratified(IReadOnlyList<string> classOf, double validShare, double testShare, RandomKey key)
    {
        int[] order = [.. Enumerable.Range(0, classOf.Count)];
        key.Shuffle(order);
        var (train, valid, test) = (new List<int>(), new List<int>(), new List<int>());
        // What small classes lack of a whole row goes to the next class, so that the shares of all rows are kept.
        double validRest = 0, testRest = 0;
        foreach (var rows in order.GroupBy(row => classOf[row], StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToArray()))
        {
            int tests = Take(ref testRest, rows.Length * testShare, rows.Length - 1);
            int valids = Take(ref validRest, rows.Length * validShare, rows.Length - 1 - tests);
            test.AddRange(rows[..tests]);
            valid.AddRange(rows[tests..(tests + valids)]);
            train.AddRange(rows[(tests + valids)..]);
        }
        return new RowSplit([.. train.Order()], [.. valid.Order()], [.. test.Order()]);
    }

    private static int Take(ref double rest, double wanted, int most)
    {
        rest += wanted;
        int taken = Math.Clamp((int)Math.Round(rest), 0, most);
        rest -= taken;
        return taken;
    }
}
