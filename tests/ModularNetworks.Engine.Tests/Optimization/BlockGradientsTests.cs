namespace ModularNetworks.Engine.Tests;

/// <summary>The sum of the gradients of a mini-batch's blocks, on one rank.</summary>
public sealed class BlockGradientsTests
{
    private static readonly int[][] Items = [[1, 4, 1], [4, 0], [1], [7, 7]];

    [Fact]
    public void Blocks_add_up_to_the_gradient_of_all()
    {
        using var device = new Device();
        var table = new Embedding("table", count: 9, features: 2, RandomKey.FromSeed(0));
        var dense = new Parameter("dense", new Shape(9, 2));
        dense.Value.Values.Fill(3);
        var gradients = new BlockGradients([table.Weight, dense], new SingleRank(), isFast: false);
        for (int step = 0; step < 2; step++)
        {
            foreach (int[] items in Items)
            {
                Backward(device.Tape, table, dense, items);
                gradients.Add();
            }
            gradients.Sum();
            var (ofTable, ofDense) = (table.Weight.Gradient.Values.ToArray(), dense.Gradient.Values.ToArray());
            table.Weight.ClearGradient();
            dense.ClearGradient();
            Backward(device.Tape, table, dense, [.. Items.SelectMany(items => items)]);
            Assert.Equal(table.Weight.Gradient.Values.ToArray(), ofTable);
            Assert.Equal(dense.Gradient.Values.ToArray(), ofDense, (one, other) => Math.Abs(one - other) < 1e-5f);
            table.Weight.ClearGradient();
            dense.ClearGradient();
        }
    }

    [Fact]
    public void Rows_of_a_table_that_no_block_picks_are_not_added_up()
    {
        using var device = new Device();
        var table = new Embedding("table", count: 9, features: 2, RandomKey.FromSeed(0));
        var gradients = new BlockGradients([table.Weight], new SingleRank(), isFast: false);
        device.Tape.Reset(recording: true);
        device.Tape.Backward(device.Tape.Sum(table.Forward(device.Tape, IndexTensor.From(new Shape(3), [5, 2, 5]))));
        Assert.Equal([5, 2], table.Weight.GradientRows!.Rows.ToArray());
        gradients.Add();
        Assert.Equal(0, table.Weight.GradientRows.Count);
        gradients.Sum();
        Assert.Equal([2, 5], table.Weight.GradientRows.Rows.ToArray());
    }

    /// <summary>Adds the gradients of the sum over items of products of their rows.</summary>
    private static void Backward(Tape tape, Embedding table, Parameter dense, int[] items)
    {
        tape.Reset(recording: true);
        var picked = IndexTensor.From(new Shape(items.Length), items);
        tape.Backward(tape.Sum(tape.Multiply(table.Forward(tape, picked), tape.Gather(dense.Value, picked))));
    }
}
