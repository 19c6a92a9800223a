using Microsoft.Playwright;

namespace ModularNetworks.Browser.Tests;

/// <summary>A page in the browser, and all that went wrong in it.</summary>
public sealed class OpenedPage : IAsyncDisposable
{
    /// <summary>Listens to a page that has loaded nothing yet.</summary>
    public OpenedPage(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Problems.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => Problems.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    public List<string> Problems { get; } = [];

    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    /// <summary>A figure of the page.</summary>
    public ILocator Figure(string name) => Page.Locator($"figure[data-figure='{name}']");

    /// <summary>Goes to a part of the page, as its address does: to one of its views, or to what one of them shows.</summary>
    public Task ShowAsync(string id) => Page.EvaluateAsync("id => new Promise(done => { if (location.hash === `#${id}`) return done(); addEventListener('hashchange', done, { once: true }); location.hash = id; })", id);

    /// <summary>The names of the page's views, one of which is seen at a time.</summary>
    public async Task<IReadOnlyList<string>> ViewsAsync() => await Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.view')].map(view => view.id)");

    /// <summary>The drawing of a figure, which the page makes when the reader comes near it.</summary>
    public async Task<ILocator> DrawingAsync(string name)
    {
        await ShowAsync($"figure-{name}");
        var holder = Figure(name).Locator(".drawing");
        await holder.ScrollIntoViewIfNeededAsync();
        var drawing = holder.Locator("> svg");
        await drawing.WaitForAsync();
        return drawing;
    }

    /// <summary>Waits until a figure that is in view is drawn, without scrolling.</summary>
    public Task WaitForDrawingAsync(string name) => Figure(name).Locator(".drawing > svg").WaitForAsync();

    /// <summary>Draws all figures at once, as before they are printed.</summary>
    /// <returns>The names of the figures.</returns>
    public async Task<IReadOnlyList<string>> DrawAllAsync()
    {
        var names = await ShowAllAsync();
        await Page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        return names;
    }

    /// <summary>Draws all figures and shows all views, as before they are printed.</summary>
    /// <returns>The names of the figures.</returns>
    public async Task<IReadOnlyList<string>> ShowAllAsync() => await Page.EvaluateAsync<string[]>(
        """
        () => {
          dispatchEvent(new Event("beforeprint"));
          const figures = [...document.querySelectorAll("figure")];
          const undrawn = figures.filter((figure) => !figure.querySelector(".drawing > svg"));
          if (undrawn.length > 0) throw new Error(`not drawn: ${undrawn.map((figure) => figure.innerText)}`);
          return figures.map((figure) => figure.dataset.figure);
        }
        """);

    /// <summary>Opens all that can be folded.</summary>
    public Task OpenDetailsAsync() => Page.EvaluateAsync("document.querySelectorAll('details').forEach(details => { details.open = true; })");

    /// <summary>The number of elements in a figure's drawing.</summary>
    public async Task<int> CountAsync(string name, string selector) => await (await DrawingAsync(name)).Locator(selector).CountAsync();
}
