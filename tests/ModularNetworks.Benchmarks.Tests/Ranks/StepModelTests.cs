namespace ModularNetworks.Benchmarks.Tests;

/// <summary>Forecasts beside numbers that were counted by hand.</summary>
public sealed class StepModelTests
{
    // A message takes 2 s, and a second for each 10 bytes.
    private static readonly Link Slow = new(LatencySeconds: 2, BytesPerSecond: 10);

    [Fact]
    public void One_rank_takes_its_own_time()
    {
        var step = new StepModel { RankSeconds = [3, 5], Link = Slow, DenseBytes = 80, Gathers = [10] }.Of(1);
        Assert.Equal((4, 0, 0, 4), (step.Computing, step.Waiting, step.Communicating, step.Seconds));
    }

    /// <summary>Four ranks send halves and quarters there and back: 40 + 20 + 20 + 40 bytes in four messages, and add 40 + 20 of them.</summary>
    [Fact]
    public void The_tree_sends_half_of_what_is_left_in_each_round_and_collects_it_again()
    {
        var step = new StepModel { RankSeconds = [1], Link = Slow, DenseBytes = 80, AddedBytesPerSecond = 20 }.Of(4);
        Assert.Equal((4 * 2) + (120 / 10.0) + (60 / 20.0), step.Communicating, 1e-12);
    }

    /// <summary>Eight ranks have met after three rounds, in which each receives what seven others tell.</summary>
    [Fact]
    public void Agreements_take_a_latency_a_round_and_the_bytes_of_all_others()
    {
        var step = new StepModel { RankSeconds = [1], Link = Slow, Gathers = [10, 1], KeepingSeconds = 0.5 }.Of(8);
        Assert.Equal((3 * 2) + (70 / 10.0) + (3 * 2) + (7 / 10.0) + (7 * 0.5), step.Communicating, 1e-12);
    }

    /// <summary>A quarter of the rows is left out by one rank, a sixteenth by two.</summary>
    [Fact]
    public void More_ranks_touch_more_rows()
    {
        var model = new StepModel { RankSeconds = [1], Link = Slow, DenseBytes = 100, TableBytes = 160, TableShare = 0.75 };
        Assert.Equal([100 + 120, 100 + 150], (double[])[model.GradientBytes(1), model.GradientBytes(2)]);
    }

    /// <summary>Of two ranks that take 1 or 4 s, both take 1 s in one case of four.</summary>
    [Fact]
    public void Ranks_wait_for_the_slowest()
    {
        var model = new StepModel { RankSeconds = [4, 1], Link = Slow };
        var step = model.Of(2);
        Assert.Equal((2.5, (0.25 * 1) + (0.75 * 4) - 2.5), (step.Computing, step.Waiting));
        Assert.Equal(4, model.Of(1024).Computing + model.Of(1024).Waiting, 1e-12);
    }
}
