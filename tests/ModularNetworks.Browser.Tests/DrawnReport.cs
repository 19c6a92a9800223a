namespace ModularNetworks.Browser.Tests;

/// <summary>The report with all its figures drawn, opened once for all tests that only look at it.</summary>
public sealed class DrawnReport(Chromium chromium, SampleReport report) : IAsyncLifetime
{
    private OpenedPage? _opened;

    /// <summary>The names of the figures.</summary>
    public IReadOnlyList<string> Figures { get; private set; } = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_opened is not null)
            await _opened.DisposeAsync();
    }

    /// <summary>The page; it stays open. Without a browser, the test is skipped.</summary>
    public async Task<OpenedPage> OpenAsync()
    {
        if (_opened is null)
        {
            _opened = await chromium.OpenAsync(report.Address);
            Figures = await _opened.DrawAllAsync();
        }
        return _opened;
    }
}
