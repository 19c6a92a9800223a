namespace ModularNetworks.Board.Tests;

public sealed class EventHubTests
{
    private const int Clients = 500;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void What_waits_for_pages_that_do_not_read_has_a_bound_and_they_are_dropped()
    {
        var hub = new EventHub();
        EventQueue[] pages = [.. Enumerable.Range(0, Clients).Select(_ => hub.Join(Stop))];
        string message = new('x', EventQueue.MostBytes / 4);
        for (int sent = 1; sent <= 4; sent++)
        {
            hub.Tell(message);
            Assert.All(pages, page => Assert.Equal((long)sent * message.Length, page.WaitingBytes));
        }
        hub.Tell(message);
        Assert.Equal(0, hub.Pages);
        Assert.All(pages, page => Assert.Equal(0, page.WaitingBytes));
    }

    [Fact]
    public void All_pages_share_the_bytes_of_a_message()
    {
        var hub = new EventHub();
        foreach (int _ in Enumerable.Range(0, Clients))
            hub.Join(Stop);
        string message = new('x', 1 << 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        hub.Tell(message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1 << 20, 2 << 20);
    }

    [Fact]
    public async Task A_page_that_reads_is_kept_also_when_one_message_is_larger_than_the_bound()
    {
        var hub = new EventHub();
        await using var messages = hub.Join(Stop).ReadAllAsync(Stop).GetAsyncEnumerator(Stop);
        foreach (int length in (int[])[EventQueue.MostBytes + 1, 1, EventQueue.MostBytes + 1])
        {
            // The message before is taken from the queue when the next one is asked for.
            var next = messages.MoveNextAsync();
            hub.Tell(new string('x', length));
            Assert.True(await next);
            Assert.Equal(length, messages.Current.Length);
        }
        Assert.Equal(1, hub.Pages);
    }

    [Fact]
    public async Task A_page_that_was_closed_is_forgotten()
    {
        var hub = new EventHub();
        using var left = new CancellationTokenSource();
        var page = hub.Join(left.Token);
        await left.CancelAsync();
        Assert.Equal(0, hub.Pages);
        Assert.False(page.TryAdd([1]));
    }
}
