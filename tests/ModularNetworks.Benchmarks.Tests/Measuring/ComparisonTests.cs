using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks.Tests;

public sealed class ComparisonTests
{
    private static readonly BenchCase First = Case("first");
    private static readonly BenchCase Second = Case("second") with
    {
        PeerRequest = "second",
        Beside = "first",
        Work = new Work(new WorkPart("all", Operations: 1e9)),
    };

    [Fact]
    public void Sides_take_turns_and_the_first_time_of_a_round_does_not_count()
    {
        var log = new List<string>();
        var (own, peer) = (new Scripted("own", log), new Scripted("peer", log));
        using var workers = new WorkerPool(threadCount: 1);
        var meter = new PeakMeter(workers, new CopiedMemory());
        var comparison = new Comparison(own, peer, meter, meter, TimeSpan.Zero, _ => { });
        var times = comparison.Run([First, Second], rounds: 2, CancellationToken.None);
        string[] expected =
        [
            "own first 1", "own second 1", "peer second 1",
            "own first 3", "own second 3", "peer second 3",
            "own first 3", "peer second 3", "own second 3",
        ];
        Assert.Equal(expected, log);
        // Times count up over all calls of a side; the median of a round's last two lies between them.
        Assert.Equal([4.5, 10.5], times[0].Own);
        Assert.Equal([7.5, 13.5], times[1].Own);
        Assert.Equal([3.5, 6.5], times[1].Peer);
        Assert.Empty(times[0].Peer);
        Assert.Equal(4, comparison.PeaksOfAll.Count);
        Assert.Empty(comparison.PeaksOfOne);
        Assert.Empty(times[0].Floor);
        Assert.All(times[1].Floor, floor => Assert.True(floor > 0 && double.IsFinite(floor)));
    }

    [Fact]
    public void A_peer_that_fails_loses_its_line_and_warms_up_again()
    {
        var log = new List<string>();
        var other = Second with { Name = "other", PeerRequest = "other" };
        var times = Compare(new Scripted("peer", log) { FailsAt = ("second", 4) }, [Second, other], rounds: 2);
        Assert.Equal(["peer second 1", "peer other 1", "peer second 3", "peer other 1", "peer other 3", "peer other 3"], log);
        Assert.Equal("peer: failed at second", times[0].PeerFailure);
        Assert.Empty(times[0].Peer);
        Assert.Equal(2, times[0].Own.Count);
        Assert.Null(times[1].PeerFailure);
        Assert.Equal(2, times[1].Peer.Count);
        Assert.Equal("peer: failed at second", times[0].Summarize(times).PeerFailure);
        Assert.Null(times[0].Summarize(times).Peer);
    }

    [Fact]
    public void A_peer_that_does_none_of_its_cases_ends_the_comparison()
    {
        var failure = Assert.Throws<BenchException>(() =>
            Compare(new Scripted("peer", []) { FailsAt = ("second", 1) }, [First, Second], rounds: 1));
        Assert.Equal("peer: failed at second", failure.Message);
    }

    private static IReadOnlyList<CaseTimes> Compare(Scripted peer, IReadOnlyList<BenchCase> cases, int rounds)
    {
        using var workers = new WorkerPool(threadCount: 1);
        var meter = new PeakMeter(workers, new CopiedMemory());
        return new Comparison(new Scripted("own", []), peer, meter, meter, TimeSpan.Zero, _ => { }).Run(cases, rounds, CancellationToken.None);
    }

    [Fact]
    public void Ratios_are_taken_within_a_round()
    {
        var first = new CaseTimes(First);
        first.Own.AddRange([1, 2, 3]);
        var second = new CaseTimes(Second);
        second.Own.AddRange([2, 2, 12]);
        second.Peer.AddRange([4, 6, 12]);
        second.Floor.AddRange([1, 1, 2]);
        var report = second.Summarize([first, second]);
        Assert.Equal(new Spread(2, 2, 12), report.Own);
        Assert.Equal(new Spread(2, 1, 3), report.TimesPeer);
        Assert.Equal(new Spread(2, 2, 6), report.TimesFloor);
        Assert.Equal(new Spread(2, 1, 4), report.TimesBeside);
        Assert.Equal("first", report.Beside);
        var alone = first.Summarize([first, second]);
        Assert.Null(alone.Peer);
        Assert.Null(alone.TimesFloor);
        Assert.Null(alone.TimesBeside);
    }

    private static BenchCase Case(string name) => new(BenchTopic.Toy, name, Steps: 2, _ => () => { });

    /// <summary>A contestant whose first time takes one millisecond, the next two, and so on.</summary>
    private sealed class Scripted(string name, List<string> log) : IContestant
    {
        private int _times;

        /// <summary>The case, and how often it was timed before with the time that fails.</summary>
        public (string Case, int Times)? FailsAt { get; init; }

        public string Description => name;

        public long ResidentBytes => 0;

        public int ProcessId => Environment.ProcessId;

        public bool Does(BenchCase what) => name == "own" || what.PeerRequest is not null;

        public double[] Run(BenchCase what, int count)
        {
            log.Add($"{name} {what.Name} {count}");
            if (FailsAt is { } at && at.Case == what.Name && _times + count >= at.Times)
                throw new BenchException($"{name}: failed at {what.Name}");
            return [.. Enumerable.Range(0, count).Select(_ => (double)++_times)];
        }

        public void Dispose()
        {
        }
    }
}
