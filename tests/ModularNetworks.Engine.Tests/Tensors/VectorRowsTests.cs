namespace ModularNetworks.Engine.Tests;

public sealed class VectorRowsTests
{
    [Fact]
    public void A_collection_expression_becomes_rows_that_are_read_again()
    {
        VectorRows rows = [[0.1f, 2], [0.3f, 4]];
        Assert.Equal((2, 2), (rows.Count, rows.Features));
        var read = new List<float[]>();
        foreach (float[] row in rows)
            read.Add(row);
        Assert.Equal([[0.1f, 2], [0.3f, 4]], read);
        read[0][0] = 7;
        float[] first = new float[2];
        rows.CopyTo(0, first);
        Assert.Equal([0.1f, 2], first);
    }

    [Fact]
    public void No_rows_and_rows_of_several_sizes_are_refused()
    {
        Assert.Throws<ArgumentException>(() =>
        {
            VectorRows none = [];
            return none;
        });
        Assert.Throws<ArgumentException>(() =>
        {
            VectorRows uneven = [[1, 2], [3]];
            return uneven;
        });
    }
}
