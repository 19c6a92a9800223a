using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ModuleLabelCountsTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Modules_that_decide_the_label_share_all_information()
    {
        var counts = Count([(0, 1, 5), (1, 0, 5), (2, 2, 5)], labels: 3, modules: 3);
        Assert.Equal(Math.Log(3), counts.MutualInformation, Tolerance);
        Assert.Equal(1, counts.NormalizedMutualInformation, Tolerance);
        Assert.Equal(3, counts.Lift(0, 1), Tolerance);
        Assert.Equal(0, counts.Lift(0, 0));
    }

    [Fact]
    public void Independent_modules_share_none()
    {
        var counts = Count([(0, 0, 6), (0, 1, 3), (1, 0, 4), (1, 1, 2)], labels: 2, modules: 2);
        Assert.Equal(0, counts.MutualInformation, Tolerance);
        Assert.Equal(0, counts.NormalizedMutualInformation, Tolerance);
        Assert.Equal(1, counts.Lift(1, 1), Tolerance);
    }

    [Fact]
    public void Information_is_the_sum_over_all_pairs()
    {
        var key = RandomKey.FromSeed(1);
        var uses = Enumerable.Range(0, 12).Select(i => (Label: i / 4, Module: i % 4, Count: key.Below((ulong)i, 9))).ToArray();
        var counts = Count(uses, labels: 3, modules: 4);
        double total = uses.Sum(use => use.Count), expected = 0;
        foreach (var (label, module, count) in uses.Where(use => use.Count > 0))
            expected += count / total * Math.Log(count * total / (counts.OfLabel(label) * counts.OfModule(module)));
        Assert.True(expected > 0.01);
        Assert.Equal(expected, counts.MutualInformation, Tolerance);
    }

    [Fact]
    public void Without_any_choice_nothing_is_shared()
    {
        var counts = Count([(0, 0, 4)], labels: 1, modules: 2);
        Assert.Equal((0.0, 0.0), (counts.MutualInformation, counts.NormalizedMutualInformation));
        Assert.Equal(0, counts.Lift(0, 1));
    }

    private static ModuleLabelCounts Count((int Label, int Module, int Count)[] uses, int labels, int modules)
    {
        var counts = new ModuleLabelCounts(labels, modules);
        foreach (var (label, module, count) in uses)
        {
            for (int i = 0; i < count; i++)
                counts.Add(label, module);
        }
        return counts;
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(0, -1)]
    [InlineData(2, 0)]
    [InlineData(-1, 0)]
    public void Labels_and_modules_that_do_not_exist_are_not_counted_as_others(int label, int module)
    {
        var counts = new ModuleLabelCounts(labels: 2, modules: 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => counts.Add(label, module));
        Assert.Throws<ArgumentOutOfRangeException>(() => counts[label, module]);
        Assert.Equal(0, counts.OfLabel(1));
    }
}
