using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class BatchesTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    [Fact]
    public void An_epoch_gives_every_item_at_most_once_and_drops_the_rest()
    {
        var batches = new Batches(11, 4, Key);
        Assert.Equal(2, batches.PerEpoch);
        int[] epoch = [.. batches.Next(), .. batches.Next()];
        Assert.Equal(8, epoch.Distinct().Count());
        Assert.All(epoch, item => Assert.InRange(item, 0, 10));
    }

    [Fact]
    public void Over_many_epochs_every_item_comes_up()
    {
        var batches = new Batches(11, 4, Key);
        var seen = new HashSet<int>();
        for (int i = 0; i < 40; i++)
            seen.UnionWith(batches.Next().ToArray());
        Assert.Equal(11, seen.Count);
    }

    [Fact]
    public void Epochs_and_keys_differ_in_their_order()
    {
        var batches = new Batches(100, 100, Key);
        int[] first = batches.Next().ToArray(), second = batches.Next().ToArray();
        Assert.NotEqual(first, second);
        Assert.NotEqual(first, new Batches(100, 100, Key.Split(1)).Next().ToArray());
        Assert.NotEqual(Enumerable.Range(0, 100), first);
        Assert.Equal(Enumerable.Range(0, 100), second.Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1_000_001)]
    public void The_position_is_all_that_is_needed_to_go_on(long position)
    {
        var whole = new Batches(11, 4, Key) { Position = position };
        int[][] expected = [.. Enumerable.Range(0, 5).Select(_ => whole.Next().ToArray())];
        for (int i = 0; i < expected.Length; i++)
        {
            var resumed = new Batches(11, 4, Key) { Position = position + i };
            Assert.Equal(expected[i], resumed.Next().ToArray());
            Assert.Equal(expected[i], resumed.Current.ToArray());
            Assert.Equal(position + i + 1, resumed.Position);
            Assert.Equal(expected[i], new Batches(11, 4, Key) { Position = position + i + 1 }.Current.ToArray());
        }
    }

    [Fact]
    public void Very_many_items_are_not_kept_in_memory()
    {
        const int Count = int.MaxValue, Size = 1000;
        long before = GC.GetAllocatedBytesForCurrentThread();
        var batches = new Batches(Count, Size, Key);
        var seen = new HashSet<int>();
        for (int i = 0; i < 50; i++)
            seen.UnionWith(batches.Next().ToArray());
        Assert.Equal(50 * Size, seen.Count);
        Assert.Equal(batches.Current.ToArray(), new Batches(Count, Size, Key) { Position = batches.Position }.Current.ToArray());
        Assert.NotEqual(batches.Current.ToArray(), new Batches(Count, Size, Key) { Position = batches.Position + batches.PerEpoch }.Current.ToArray());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void There_is_no_current_batch_before_the_first() =>
        Assert.Throws<InvalidOperationException>(() => new Batches(4, 2, Key).Current.ToArray());

    [Fact]
    public void Without_a_key_the_order_stays()
    {
        var batches = new Batches(7, 3, key: null);
        Assert.Equal([0, 1, 2], batches.Upcoming.ToArray());
        Assert.Equal([0, 1, 2], batches.Next().ToArray());
        Assert.Equal([3, 4, 5], batches.Upcoming.ToArray());
        Assert.Equal([3, 4, 5], batches.Next().ToArray());
        Assert.Equal([0, 1, 2], batches.Next().ToArray());
    }

    [Fact]
    public void Fewer_items_than_a_batch_asks_for_make_one_batch_of_all()
    {
        var batches = new Batches(3, 10, Key);
        Assert.Equal((3, 1), (batches.Size, batches.PerEpoch));
        for (int i = 0; i < 3; i++)
            Assert.Equal([0, 1, 2], batches.Next().ToArray().Order());
    }

    [Fact]
    public void Every_item_is_first_about_equally_often()
    {
        var batches = new Batches(5, 1, Key);
        int[] counts = new int[5];
        for (int epoch = 0; epoch < 2000; epoch++)
        {
            batches.Position = epoch * 5;
            counts[batches.Next()[0]]++;
        }
        Assert.All(counts, count => Assert.InRange(count, 320, 480));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    [InlineData(-1, 1)]
    public void Empty_sets_and_batches_are_refused(int count, int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches(count, size, Key));

    [Fact]
    public void A_negative_position_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches(4, 2, Key) { Position = -1 });

    [Fact]
    public void Drawing_allocates_nothing()
    {
        var batches = new Batches(10, 3, Key);
        Allocations.AssertNone(() =>
        {
            for (int i = 0; i < 20; i++)
                batches.Next();
        });
    }
}
