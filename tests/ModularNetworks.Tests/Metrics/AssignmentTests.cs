using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class AssignmentTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(6, 6)]
    [InlineData(3, 7)]
    [InlineData(1, 4)]
    public void No_other_assignment_gains_more(int rows, int columns)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            double[,] gains = Gains(RandomKey.FromSeed(seed), rows, columns);
            int[] best = Assignment.Best(gains);
            Assert.Equal(rows, best.Distinct().Count());
            Assert.Equal(Permutations.Of(rows, columns).Max(all => Gain(gains, all)), Gain(gains, best), 1e-12);
        }
    }

    [Fact]
    public void Rows_that_want_the_same_column_share_out_what_is_best_together()
    {
        // Each row's own best column is 0; only the last may have it.
        Assert.Equal([2, 1, 0], Assignment.Best(new double[,] { { 5, 1, 4 }, { 6, 5, 1 }, { 9, 1, 1 } }));
    }

    [Fact]
    public void Fewer_columns_than_rows_are_refused() => Assert.Throws<ArgumentException>(() => Assignment.Best(new double[2, 1]));

    private static double Gain(double[,] gains, int[] columns) => columns.Index().Sum(match => gains[match.Index, match.Item]);

    // Whole numbers, so that there are ties.
    private static double[,] Gains(RandomKey key, int rows, int columns)
    {
        double[,] gains = new double[rows, columns];
        for (int i = 0; i < rows * columns; i++)
            gains[i / columns, i % columns] = key.Below((ulong)i, 9) - 4;
        return gains;
    }
}
