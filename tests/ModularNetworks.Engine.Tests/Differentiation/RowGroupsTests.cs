namespace ModularNetworks.Engine.Tests;

public sealed class RowGroupsTests : IDisposable
{
    private readonly WorkerPool _workers = new(1);
    private readonly Tape _tape;

    public RowGroupsTests() => _tape = new Tape(SimdKernels.Create(_workers));

    public void Dispose() => _workers.Dispose();

    [Fact]
    public void Picks_are_sorted_by_key_and_keep_their_order()
    {
        var selection = IndexTensor.From(new Shape(4, 2), [3, 1, 1, 1, 5, 3, 3, 5]);
        var groups = RowGroups.Sort(_tape, selection, 6);
        Assert.Equal(2, groups.PicksPerRow);
        Assert.Equal(3, groups.Count);
        Assert.Equal([1, 3, 5], groups.Keys.Values[..3].ToArray());
        Assert.Equal([0, 3, 6, 8], groups.Starts.Values[..4].ToArray());
        Assert.Equal([1, 2, 3, 0, 5, 6, 4, 7], groups.Picks.Values.ToArray());
    }

    [Fact]
    public void Many_picks_are_a_stable_permutation()
    {
        var selection = IndexTensor.Allocate(new Shape(500, 3));
        for (int i = 0; i < 1500; i++)
            selection.Values[i] = RandomKey.FromSeed(4).Below((ulong)i, 40);
        var expected = Enumerable.Range(0, 1500).OrderBy(pick => selection.Values[pick]);
        Assert.Equal(expected, RowGroups.Sort(_tape, selection, 100).Picks.Values.ToArray());
    }

    [Fact]
    public void No_rows_make_no_groups()
    {
        var groups = RowGroups.Sort(_tape, IndexTensor.Allocate(new Shape(0, 2)), 5);
        Assert.Equal(0, groups.Count);
        Assert.Equal(0, groups.Starts.Values[0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_key_that_does_not_exist_is_named(int key)
    {
        var selection = IndexTensor.From(new Shape(1, 1), [key]);
        var error = Assert.Throws<ShapeException>(() => RowGroups.Sort(_tape, selection, 4));
        Assert.Contains($"key {key} is wanted at place 0; there are 0 to 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Picks_have_two_axes() =>
        Assert.Throws<ShapeException>(() => RowGroups.Sort(_tape, IndexTensor.Allocate(new Shape(4)), 4));

    [Fact]
    public void Groups_of_another_step_or_tape_are_refused()
    {
        var groups = RowGroups.Sort(_tape, IndexTensor.From(new Shape(1, 1), [0]), 4);
        var stack = Tensor.Allocate(new Shape(4, 2));
        var other = new Tape(_tape.Kernels);
        Assert.Throws<InvalidOperationException>(() => groups.Require("Test", other, 4));
        Assert.Throws<ShapeException>(() => groups.Require("Test", _tape, 0));
        groups.Require("Test", _tape, 1);
        _tape.Reset(recording: true);
        Assert.Throws<InvalidOperationException>(() => groups.Require("Test", _tape, 4));
        Assert.Throws<InvalidOperationException>(() => default(RowGroups).Require("Test", _tape, 4));
        Assert.Throws<InvalidOperationException>(() => _tape.GradientOf(new Parameter("p", stack.Shape, stacked: true).Value, default));
    }

    [Fact]
    public void A_number_of_keys_is_not_negative() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RowGroups.Sort(_tape, IndexTensor.From(new Shape(1, 1), [0]), -1));
}
