using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class LayerStatisticsTests
{
    private const double Certain = 1e4; // A logit that leaves the others no probability.
    private const double Tolerance = 1e-12;

    [Fact]
    public void A_collapsed_layer_is_seen_beside_one_that_is_not()
    {
        var statistics = new SelectionStatistics();
        statistics.Observe(0, 1, Logits([Certain, 0, 0, Certain], 2, 2));
        statistics.Observe(1, 1, Logits([Certain, 0, 0, Certain, 0, 0], 2, 3));

        Assert.Equal(Math.Log(2), statistics.Of(0).BatchSelectionEntropy, Tolerance);
        Assert.Equal((0.0, 1.0, 3.0), (statistics.Of(1).BatchSelectionEntropy, statistics.Of(1).EffectiveModules, statistics.Of(1).LoadRatio));
        Assert.Equal([1, 2], statistics.Of(1).DeadModules);
        Assert.Empty(statistics.Of(0).DeadModules);
    }

    [Fact]
    public void Equal_use_has_all_modules_effective()
    {
        var layer = Observe([Certain, 0, 0, 0, Certain, 0, 0, 0, Certain], 3, 3);
        Assert.Equal(3, layer.EffectiveModules, Tolerance);
        Assert.Equal(1, layer.LoadRatio, Tolerance);
        Assert.Equal(Math.Log(3), layer.Information, Tolerance);
    }

    [Fact]
    public void A_controller_that_does_not_look_tells_nothing_of_the_input()
    {
        var layer = Observe([0.3, -1, 2, 0.3, -1, 2], 2, 3);
        Assert.Equal(0, layer.Information, Tolerance);
        Assert.True(layer.SelectionEntropy > 0.1);
        Assert.Equal(3, layer.LoadRatio);
    }

    [Fact]
    public void Information_is_the_mean_divergence_of_the_distributions_from_their_mean()
    {
        double[] logits = Numbers.Uniform(RandomKey.FromSeed(4), 5 * 4);
        var recorded = new RecordedSelections();
        recorded.Observe(0, 1, Logits(logits, 5, 4));
        double expected = 0;
        for (int row = 0; row < 5; row++)
        {
            for (int module = 0; module < 4; module++)
            {
                double mean = Enumerable.Range(0, 5).Average(other => recorded.Probabilities(0, 0, other, 0)[module]);
                double probability = recorded.Probabilities(0, 0, row, 0)[module];
                expected += probability * Math.Log(probability / mean) / 5;
            }
        }
        Assert.Equal(expected, Observe(logits, 5, 4).Information, Tolerance);
    }

    [Fact]
    public void Recorded_selections_are_found_by_step_row_and_choice()
    {
        var recorded = new RecordedSelections();
        // Two steps of two rows with two choices among three modules; the mode of place i is i % 3.
        double[] logits = [.. Enumerable.Range(0, 8 * 3).Select(i => i % 3 == i / 3 % 3 ? Math.Log(2) : 0)];
        recorded.Observe(0, 2, logits.ToTensor(Precision.Double, 4, 2, 3));
        Assert.Equal((1, 2, 3), (recorded.Layers, recorded.Picks(0), recorded.Modules(0)));
        for (int place = 0; place < 8; place++)
        {
            var (step, row, k) = (place / 4, place / 2 % 2, place % 2);
            Assert.Equal(place % 3, recorded.Mode(0, step, row, k));
            Assert.Equal(0.5, recorded.Probabilities(0, step, row, k)[place % 3], Tolerance);
        }
    }

    [Fact]
    public void A_second_run_is_not_recorded_over_the_first()
    {
        var recorded = new RecordedSelections();
        recorded.Observe(0, 1, Logits([0, 1], 1, 2));
        Assert.Throws<InvalidOperationException>(() => recorded.Observe(0, 1, Logits([0, 1], 1, 2)));
    }

    private static LayerStatistics Observe(double[] logits, int rows, int modules)
    {
        var statistics = new SelectionStatistics();
        statistics.Observe(0, 1, Logits(logits, rows, modules));
        return statistics.Of(0);
    }

    private static Tensor Logits(double[] logits, int rows, int modules) => logits.ToTensor(Precision.Double, rows, 1, modules);
}
