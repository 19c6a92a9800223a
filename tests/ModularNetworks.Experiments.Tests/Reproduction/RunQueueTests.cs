namespace ModularNetworks.Experiments.Tests;

public sealed class RunQueueTests
{
    [Fact]
    public void Runs_come_in_their_order_but_for_those_that_wait()
    {
        bool decided = false;
        var queue = new RunQueue<string>(["trial", "final", "other"], run => run != "final" || decided);
        using var runs = queue.Take().GetEnumerator();
        Assert.Equal("trial", Next(runs));
        Assert.Equal("other", Next(runs));
        decided = true;
        queue.End();
        Assert.Equal("final", Next(runs));
        Assert.False(runs.MoveNext());
    }

    [Fact]
    public void Runs_that_wait_for_what_never_comes_are_left_out()
    {
        var queue = new RunQueue<string>(["final", "trial"], run => run == "trial");
        using var runs = queue.Take().GetEnumerator();
        Assert.Equal("trial", Next(runs));
        queue.End();
        Assert.False(runs.MoveNext());
    }

    [Fact]
    public async Task A_run_that_waits_is_handed_out_when_another_thread_ends_what_it_waits_for()
    {
        bool decided = false;
        var queue = new RunQueue<string>(["trial", "final"], run => run == "trial" || decided);
        using var runs = queue.Take().GetEnumerator();
        Assert.Equal("trial", Next(runs));
        var waiting = Task.Run(() => Next(runs), TestContext.Current.CancellationToken);
        decided = true;
        queue.End();
        Assert.Equal("final", await waiting);
    }

    private static string Next(IEnumerator<string> runs)
    {
        Assert.True(runs.MoveNext());
        return runs.Current;
    }
}
