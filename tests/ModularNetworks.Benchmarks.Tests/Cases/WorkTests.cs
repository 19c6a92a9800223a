namespace ModularNetworks.Benchmarks.Tests;

public sealed class WorkTests
{
    // One operation, exponential or byte a millisecond.
    private static readonly MachinePeaks OneAMillisecond = new(1000, 1000, 1000);

    [Fact]
    public void The_floor_is_the_sum_over_parts_of_the_slower_of_arithmetic_and_traffic()
    {
        var work = new Work(
            new WorkPart("arithmetic", Operations: 3, Exponentials: 4, Bytes: 6),
            new WorkPart("traffic", Operations: 1, Bytes: 5));
        Assert.Equal(7 + 5, work.Milliseconds(OneAMillisecond), 1e-12);
    }

    [Fact]
    public void Each_peak_counts_for_its_own_part()
    {
        var peaks = new MachinePeaks(OperationsPerSecond: 2000, ExponentialsPerSecond: 500, BytesPerSecond: 100);
        Assert.Equal(1 + 6, new WorkPart("arithmetic", Operations: 2, Exponentials: 3).Milliseconds(peaks), 1e-12);
        Assert.Equal(10, new WorkPart("traffic", Operations: 2, Bytes: 1).Milliseconds(peaks), 1e-12);
    }

    /// <summary>Counted by hand: 4,480 words, 10,000 outputs, vectors of 32, states of 8.</summary>
    [Fact]
    public void A_step_of_the_language_model_has_the_counts_of_its_sizes()
    {
        var softmax = Part("M-step 5/1", "output softmax");
        Assert.Equal(4480.0 * 10_000 * (8 + 8 + 9) * 2, softmax.Operations);
        Assert.Equal(4480.0 * 10_000, softmax.Exponentials);
        // Two gates and a module of 8 units, five logits; each reads 40 numbers; forward and twice backward.
        Assert.Equal(3 * 2 * 4480.0 * 40 * (16 + 8 + 5), Part("M-step 5/1", "recurrent unit").Operations);
        // Word vectors, output weights and biases, gates, modules and controller with their biases.
        double parameters = (10_000 * 32) + (10_000 * 9) + (40 * 16) + (40 * 5 * 8) + (40 * 5);
        Assert.InRange(Part("M-step 5/1", "optimiser").Bytes, 28 * parameters, 28 * (parameters + 300));
        Assert.Equal(11 * 4480.0 * 10_000 * 8 * 2, Part("E-step 5/1", "output softmax").Operations);
    }

    /// <summary>Counted by hand from appendix D: 16x16, 8x8 and 4x4 positions, then 32 to 96 to 20 units; K = 2 of M = 10.</summary>
    [Fact]
    public void A_step_of_the_image_classifier_has_the_counts_of_its_sizes()
    {
        double modules = 2 * ((256 * 27 * 2) + (64 * 18 * 2) + (16 * 18 * 2) + (32 * 96) + (96 * 20));
        double controllers = 2 * 20 * (3072 + 512 + 128 + 32 + 96);
        double first = 2 * ((256 * 27 * 2) + (3072 * 20));
        var part = Assert.Single(
            BenchCases.Of(BenchTopic.Cnn)[0].Work!.Parts, part => part.Name == "forward and backward");
        Assert.Equal(128 * ((3 * (modules + controllers)) - first), part.Operations);
    }

    private static WorkPart Part(string name, string part) => BenchCases.Of(BenchTopic.Lm)
        .Single(what => what.Name == name).Work!.Parts.Single(one => one.Name == part);
}
