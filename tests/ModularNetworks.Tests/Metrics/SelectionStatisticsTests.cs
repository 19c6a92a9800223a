using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class SelectionStatisticsTests
{
    private const double Certain = 1e4; // A logit that leaves the others no probability.
    private const double Tolerance = 1e-12;

    [Fact]
    public void Equal_logits_have_the_largest_entropy()
    {
        var statistics = Observe(new double[6 * 5], rows: 6, picks: 1, modules: 5);
        Assert.Equal(Math.Log(5), statistics.SelectionEntropy, Tolerance);
        Assert.Equal(Math.Log(5), statistics.BatchSelectionEntropy, Tolerance);
        Assert.Equal(Math.Log(5), statistics.TimePooledBatchSelectionEntropy, Tolerance);
    }

    [Fact]
    public void Certain_choices_of_different_modules_differ_in_the_batch_only()
    {
        var statistics = Observe([Certain, 0, 0, Certain, Certain, 0, 0, Certain], rows: 4, picks: 1, modules: 2);
        Assert.Equal(0, statistics.SelectionEntropy, Tolerance);
        Assert.Equal(Math.Log(2), statistics.BatchSelectionEntropy, Tolerance);
        Assert.Equal([0.5, 0.5], statistics.Of(0).Usage());
    }

    [Fact]
    public void A_collapse_onto_one_module_has_no_entropy()
    {
        var statistics = Observe([0, Certain, 0, 0, Certain, 0], rows: 2, picks: 1, modules: 3);
        Assert.Equal(0, statistics.SelectionEntropy, Tolerance);
        Assert.Equal(0, statistics.BatchSelectionEntropy, Tolerance);
        Assert.Equal([0, 1, 0], statistics.Of(0).Usage());
    }

    [Fact]
    public void Entropies_are_averaged_over_choices()
    {
        // Choice 0 always takes module 0, choice 1 module 1.
        var statistics = Observe([Certain, 0, 0, Certain, Certain, 0, 0, Certain], rows: 2, picks: 2, modules: 2);
        Assert.Equal(0, statistics.BatchSelectionEntropy, Tolerance);
        Assert.Equal(0, statistics.TimePooledBatchSelectionEntropy, Tolerance);
    }

    [Fact]
    public void Time_steps_are_pooled_for_each_choice_by_itself()
    {
        // Two time steps of one row with two choices each. On average over time, choice 0 has (0.76, 0.218, 0.022) and choice 1 has (0.3, 0.196, 0.504).
        double[] probabilities = [0.9, 0.08, 0.02, 0.1, 0.1, 0.8, 0.62, 0.356, 0.024, 0.5, 0.292, 0.208];
        var statistics = Observe([.. probabilities.Select(probability => Math.Log(probability))], rows: 2, picks: 2, modules: 3, steps: 2);
        Assert.Equal(0.82527, statistics.TimePooledBatchSelectionEntropy, 5e-6);
        Assert.InRange(statistics.BatchSelectionEntropy, 0, 0.8);
    }

    [Fact]
    public void Time_steps_are_places_of_their_own()
    {
        var statistics = Observe([Certain, 0, Certain, 0, 0, Certain, 0, Certain], rows: 4, picks: 1, modules: 2, steps: 2);
        Assert.Equal(0, statistics.BatchSelectionEntropy, Tolerance);
        Assert.Equal(Math.Log(2), statistics.TimePooledBatchSelectionEntropy, Tolerance);
    }

    [Fact]
    public void Layers_are_averaged_and_batches_added_up()
    {
        var statistics = new SelectionStatistics();
        for (int batch = 0; batch < 2; batch++)
        {
            statistics.Observe(0, 1, Logits([0, 0], 1, 1, 2));
            statistics.Observe(1, 1, Logits(batch == 0 ? [Certain, 0, 0, 0] : [0, Certain, 0, 0], 1, 1, 4));
        }
        Assert.Equal(2, statistics.Layers);
        Assert.Equal(Math.Log(2) / 2, statistics.SelectionEntropy, Tolerance);
        Assert.Equal(Math.Log(2), statistics.BatchSelectionEntropy, Tolerance);
        Assert.Equal([0.5, 0.5, 0, 0], statistics.Of(1).Usage());
    }

    [Fact]
    public void Entropies_of_uneven_probabilities_are_as_computed_by_hand()
    {
        // Probabilities 1/4 and 3/4, then 1/2 and 1/2: on average 3/8 and 5/8.
        var statistics = Observe([0, Math.Log(3), 0, 0], rows: 2, picks: 1, modules: 2);
        double first = (Math.Log(4) / 4) + (0.75 * Math.Log(4 / 3.0));
        Assert.Equal((first + Math.Log(2)) / 2, statistics.SelectionEntropy, Tolerance);
        Assert.Equal(
            (0.375 * Math.Log(8 / 3.0)) + (0.625 * Math.Log(8 / 5.0)), statistics.BatchSelectionEntropy, Tolerance);
    }

    [Fact]
    public void Usage_adds_up_to_one_and_a_cleared_collector_is_empty()
    {
        var statistics = Observe(Numbers.Uniform(RandomKey.FromSeed(1), 7 * 3 * 5), rows: 7, picks: 3, modules: 5);
        Assert.Equal(1, statistics.Of(0).Usage().Sum(), Tolerance);
        statistics.Clear();
        Assert.Equal((0, 0.0, 0.0), (statistics.Layers, statistics.SelectionEntropy, statistics.BatchSelectionEntropy));
        Assert.Equal(0, statistics.TimePooledBatchSelectionEntropy);
    }

    private static SelectionStatistics Observe(double[] logits, int rows, int picks, int modules, int steps = 1)
    {
        var statistics = new SelectionStatistics();
        statistics.Observe(0, steps, Logits(logits, rows, picks, modules));
        return statistics;
    }

    private static Tensor Logits(double[] logits, int rows, int picks, int modules) =>
        logits.ToTensor(Precision.Double, rows, picks, modules);

    [Theory]
    [InlineData(1, 4, 6)]
    [InlineData(0, 4, 1, 3)]
    [InlineData(3, 4, 1, 3)]
    [InlineData(1, 4, 1, 0)]
    public void Observers_refuse_logits_of_other_axes(int steps, params int[] sizes)
    {
        var logits = Tensor.Allocate(new Shape(sizes));
        Assert.Throws<ShapeException>(() => new SelectionStatistics().Observe(0, steps, logits));
        Assert.Throws<ShapeException>(() => new RecordedSelections().Observe(0, steps, logits));
    }

    [Fact]
    public void Choices_that_were_not_recorded_are_refused()
    {
        var recorded = new RecordedSelections();
        recorded.Observe(0, steps: 2, Tensor.Allocate(new Shape(4, 1, 3)));
        recorded.Mode(0, step: 1, row: 1, k: 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => recorded.Mode(0, step: 0, row: 2, k: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => recorded.Mode(0, step: 0, row: 0, k: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => recorded.Mode(0, step: 2, row: 0, k: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => recorded.Probabilities(0, step: 0, row: -1, k: 0).Length);
    }

    [Fact]
    public void A_layer_keeps_its_number_of_modules()
    {
        var statistics = new SelectionStatistics();
        statistics.Observe(0, steps: 1, Tensor.Allocate(new Shape(4, 1, 3)));
        Assert.Throws<ShapeException>(() => statistics.Observe(0, steps: 1, Tensor.Allocate(new Shape(4, 1, 2))));
        Assert.Throws<ShapeException>(() => statistics.Observe(0, steps: 2, Tensor.Allocate(new Shape(4, 1, 3))));
    }
}
