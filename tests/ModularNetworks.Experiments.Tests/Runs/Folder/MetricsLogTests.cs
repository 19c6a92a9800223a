namespace ModularNetworks.Experiments.Tests;

public sealed class MetricsLogTests
{
    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(10, new[] { 10 })]
    [InlineData(15, new[] { 10 })]
    [InlineData(30, new[] { 10, 20, 30 })]
    [InlineData(99, new[] { 10, 20, 30 })]
    public void Lines_after_a_step_are_dropped(long step, int[] left)
    {
        using var folder = new TemporaryFolder();
        var log = Write(folder);
        log.DropAfter(new Disk(), step);
        Assert.Equal(left.Select(Line), File.ReadAllLines(folder["metrics.jsonl"]));
        Assert.Equal([folder["metrics.jsonl"]], Directory.EnumerateFiles(folder.Path));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"step\":")]
    [InlineData("{\"step\":4")]
    [InlineData("{\"step\":\"4\"}")]
    [InlineData("{\"train\":{}}")]
    [InlineData("\0\0\0\0")]
    [InlineData("{\"step\":4,\"step\":4}")]
    [InlineData("{\"step\":4,\"test\":{\"a\":1,\"a\":2}}")]
    [InlineData("{\"step\":4,\"\\ud800\":1}")]
    public void A_line_that_was_cut_off_is_dropped_and_the_next_one_stands_alone(string torn)
    {
        using var folder = new TemporaryFolder();
        var log = Write(folder);
        File.AppendAllText(folder["metrics.jsonl"], torn);
        log.DropAfter(new Disk(), 20);
        log.Append(new Disk(), Line(30));
        Assert.Equal([Line(10), Line(20), Line(30)], File.ReadAllLines(folder["metrics.jsonl"]));
    }

    [Fact]
    public void A_line_that_is_too_long_to_be_one_is_passed_over_and_the_others_are_not()
    {
        using var folder = new TemporaryFolder();
        var log = Write(folder);
        // The last letter of the long line comes with the next piece that is read.
        File.AppendAllText(folder["metrics.jsonl"], $"{{\"step\":4{new string(' ', BoundedLines.MostLetters)}}}\n{Line(40)}\r\n{Line(50)}");
        Assert.Equal([10, 20, 30, 40, 50], log.Read().Select(line => line.GetProperty("step").GetInt32()));
        Assert.Equal(5, log.Count);
    }

    [Fact]
    public void No_file_is_made_by_dropping()
    {
        using var folder = new TemporaryFolder();
        new MetricsLog(folder["metrics.jsonl"]).DropAfter(new Disk(), 0);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    private static MetricsLog Write(TemporaryFolder folder)
    {
        var log = new MetricsLog(folder["metrics.jsonl"]);
        foreach (int step in (int[])[10, 20, 30])
            log.Append(new Disk(), Line(step));
        return log;
    }

    private static string Line(int step) => $"{{\"step\":{step}}}";
}
