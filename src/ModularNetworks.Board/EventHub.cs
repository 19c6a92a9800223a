using System.Collections.Concurrent;
using System.Text;

namespace ModularNetworks.Board;

/// <summary>Passes messages on to all pages that are open.</summary>
internal sealed class EventHub
{
    private readonly ConcurrentDictionary<EventQueue, bool> _pages = new();

    /// <summary>The number of pages that are sent messages.</summary>
    public int Pages => _pages.Count;

    /// <summary>Adds a page.</summary>
    /// <param name="left">Ends when the page is closed.</param>
    /// <returns>The messages for the page.</returns>
    public EventQueue Join(CancellationToken left)
    {
        var page = new EventQueue();
        _pages[page] = true;
        left.Register(() => Leave(page));
        return page;
    }

    /// <summary>Sends a message to all pages. A page that has not taken enough of the earlier ones is dropped.</summary>
    public void Tell(string message)
    {
        // Once, for all pages.
        byte[] bytes = Encoding.UTF8.GetBytes(message);
        foreach (var page in _pages.Keys)
        {
            if (!page.TryAdd(bytes))
                Leave(page);
        }
    }

    private void Leave(EventQueue page)
    {
        _pages.TryRemove(page, out _);
        page.End();
    }
}
