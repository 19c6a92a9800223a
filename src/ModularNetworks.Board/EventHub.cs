using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ModularNetworks.Board;

/// <summary>Passes messages on to all pages that are open.</summary>
internal sealed class EventHub
{
    // A page that falls so far behind is let go; it connects again and fetches everything anew.
    private const int MostWaiting = 256;

    private readonly ConcurrentDictionary<Channel<string>, bool> _pages = new();

    /// <summary>Adds a page.</summary>
    /// <param name="left">Ends when the page is closed.</param>
    /// <returns>The messages for the page.</returns>
    public ChannelReader<string> Join(CancellationToken left)
    {
        var page = Channel.CreateBounded<string>(MostWaiting);
        _pages[page] = true;
        left.Register(() => Leave(page));
        return page.Reader;
    }

    /// <summary>Sends a message to all pages.</summary>
    public void Tell(string message)
    {
        foreach (var page in _pages.Keys)
        {
            if (!page.Writer.TryWrite(message))
                Leave(page);
        }
    }

    private void Leave(Channel<string> page)
    {
        _pages.TryRemove(page, out _);
        page.Writer.TryComplete();
    }
}
