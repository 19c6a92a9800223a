using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class CompositionStoreTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(61);

    [Theory]
    [InlineData(256, 1)]
    [InlineData(257, 2)]
    [InlineData(65_536, 2)]
    public void The_largest_module_survives_in_as_few_bytes_as_possible(int modules, int bytes)
    {
        var store = new CompositionStore(Layout(modules), 3, Key);
        Assert.Equal(3 * 5 * bytes, store.Bytes.Length);
        byte[] before = store.Bytes.ToArray();
        store[1, 2] = modules - 1;
        store[1, 3] = 1;
        Assert.Equal(modules - 1, store[1, 2]);
        Assert.Equal(1, store[1, 3]);
        Assert.Equal(before[..(7 * bytes)], store.Bytes[..(7 * bytes)].ToArray());
        Assert.Equal(before[(9 * bytes)..], store.Bytes[(9 * bytes)..].ToArray());
    }

    [Fact]
    public void More_modules_than_two_bytes_hold_are_refused() =>
        Assert.Throws<ArgumentException>(() => new CompositionStore(Layout(65_537), 1, Key));

    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    public void Bytes_are_all_there_is_to_a_store(int modules)
    {
        var store = new CompositionStore(Layout(modules), 20, Key);
        var copy = new CompositionStore(Layout(modules), 20, Key.Split(1));
        Assert.NotEqual(store.Bytes.ToArray(), copy.Bytes.ToArray());
        copy.Restore(store.Bytes);
        for (int n = 0; n < 20; n++)
        {
            for (int pick = 0; pick < 5; pick++)
                Assert.Equal(store[n, pick], copy[n, pick]);
        }
    }

    [Fact]
    public void Only_modules_picks_and_datapoints_that_exist_are_stored_or_read()
    {
        var store = new CompositionStore(Layout(3), 2, Key);
        byte[] before = store.Bytes.ToArray();
        foreach (int module in (int[])[3, 300, -1, 256, int.MinValue])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => store[0, 0] = module);
            Assert.Throws<ArgumentOutOfRangeException>(() => store.Store(0, [module, 0, 0, 0, 0]));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => store[0, 5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => store[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => store[-1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => store[0, -1] = 0);
        Assert.Throws<ShapeException>(() => store.Store(0, [0, 0, 0, 0]));
        Assert.Throws<ShapeException>(() => store.CopyTo(new int[9], [0, 1]));
        Assert.Equal(before, store.Bytes.ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    public void Content_that_names_a_module_outside_the_pool_changes_nothing(int modules)
    {
        var store = new CompositionStore(Layout(modules), 2, Key);
        byte[] before = store.Bytes.ToArray(), wrong = store.Bytes.ToArray();
        wrong[^1] = 200;
        Assert.Throws<ArgumentException>(() => store.Restore(wrong));
        Assert.Throws<ArgumentException>(() => store.Restore(before.AsSpan(1)));
        Assert.Equal(before, store.Bytes.ToArray());
    }

    [Fact]
    public void Initial_compositions_are_uniform_over_each_layers_modules()
    {
        const int count = 6000;
        var layout = new CompositionLayout(new LayerLayout("small", 2, 1), new LayerLayout("large", 5, 2));
        var store = new CompositionStore(layout, count, Key);
        for (int pick = 0; pick < layout.Length; pick++)
        {
            int modules = layout.ModulesOf(pick);
            int[] counts = new int[modules];
            for (int n = 0; n < count; n++)
                counts[store[n, pick]]++;
            double expected = (double)count / modules, bound = 5 * Math.Sqrt(expected);
            Assert.All(counts, seen => Assert.InRange(seen, expected - bound, expected + bound));
        }
    }

    [Fact]
    public void Places_outside_the_store_are_refused()
    {
        var store = new CompositionStore(Layout(3), 2, Key);
        Assert.ThrowsAny<Exception>(() => store[2, 0]);
        Assert.ThrowsAny<Exception>(() => store[-1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CompositionStore(Layout(3), -1, Key));
    }

    [Fact]
    public void A_layout_puts_layers_then_steps_then_picks_one_after_the_other()
    {
        var layout = new CompositionLayout(new LayerLayout("first", 3, 2, Steps: 2), new LayerLayout("second", 4, 1));
        Assert.Equal(5, layout.Length);
        Assert.Equal((0, 4), (layout.OffsetOf(0), layout.OffsetOf(1)));
        Assert.Equal([3, 3, 3, 3, 4], Enumerable.Range(0, 5).Select(layout.ModulesOf));
        Assert.Equal(3 * 3 * 3 * 3 * 4, layout.CompositionCount);
        var composition = new Composition(layout, [0, 1, 2, 0, 3]);
        Assert.Equal("0, 1", composition[0].ToString());
        Assert.Equal("2, 0", composition[0, step: 1].ToString());
        Assert.Equal([3], composition[1].Modules.ToArray());
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void A_layer_has_modules_picks_and_steps(int modules, int picks, int steps) =>
        Assert.Throws<ArgumentException>(() => new CompositionLayout(new LayerLayout("layer", modules, picks, steps)));

    [Fact]
    public void A_layout_has_layers_and_a_composition_all_their_picks()
    {
        Assert.Throws<ArgumentException>(() => new CompositionLayout());
        Assert.Throws<ArgumentException>(() => { _ = new Composition(Layout(3), [0, 1]); });
    }

    private static CompositionLayout Layout(int modules) =>
        new(new LayerLayout("first", modules, 2, Steps: 2), new LayerLayout("second", 2, 1));
}
