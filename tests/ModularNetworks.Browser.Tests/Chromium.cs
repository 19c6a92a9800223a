using Microsoft.Playwright;
using ModularNetworks.Browser.Tests;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(SampleReport))]

namespace ModularNetworks.Browser.Tests;

/// <summary>One browser for all tests: the system's, or the one that CHROMIUM names. None is ever downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } path)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens a page in a profile of its own; without a browser, the test is skipped.</summary>
    /// <param name="address">The page's address.</param>
    /// <param name="width">The window's width in pixels.</param>
    /// <param name="colors">The system's colours.</param>
    public async Task<OpenedPage> OpenAsync(Uri address, int width = 1280, ColorScheme colors = ColorScheme.Light)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (_browser is null)
            Assert.Skip("There is no Chromium. Install it (Debian: apt-get install chromium), or set CHROMIUM to where it is.");
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = colors,
            Offline = address.IsFile,
        });
        var opened = new OpenedPage(await context.NewPageAsync());
        await opened.Page.GotoAsync(address.AbsoluteUri);
        return opened;
    }

    private static string? Find() => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
        ? named
        : Places.FirstOrDefault(File.Exists);
}
