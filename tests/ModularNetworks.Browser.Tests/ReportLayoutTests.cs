using Microsoft.Playwright;
using ModularNetworks.Reporting;

namespace ModularNetworks.Browser.Tests;

public sealed class ReportLayoutTests(Chromium chromium, SampleReport report)
{
    private const string DrawnFigures = "[...document.querySelectorAll('figure')].filter(figure => figure.querySelector('.drawing > svg')).length";

    [Theory]
    [InlineData("paths-images")]
    [InlineData("controller-toy-two")]
    public async Task A_button_does_not_slip_away_from_the_pointer_while_figures_are_drawn(string name)
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        await opened.ShowAsync("paths");
        var button = opened.Figure(name).GetByRole(AriaRole.Button, new() { Name = "as SVG" });
        // Both in one script, before the page notices that figures have come near.
        double before = await button.EvaluateAsync<double>("button => { button.scrollIntoView({ block: 'center' }); return button.getBoundingClientRect().top; }");
        await opened.WaitForDrawingAsync(name);
        Assert.Equal(before, await button.EvaluateAsync<double>("button => button.getBoundingClientRect().top"), 0.6);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1280)]
    public async Task Figures_take_the_room_that_was_kept_for_them(int width)
    {
        await using var opened = await chromium.OpenAsync(report.Address, width);
        const string seen = "[...document.querySelectorAll('.view:not([hidden]) figure')]";
        const string heights = $"{seen}.map(figure => `${{figure.dataset.figure}}: ${{Math.round(figure.offsetHeight)}}`)";
        int undrawn = 0;
        var kept = new Dictionary<string, string[]>();
        foreach (string view in await opened.ViewsAsync())
        {
            await opened.ShowAsync(view);
            kept[view] = await opened.Page.EvaluateAsync<string[]>(heights);
            undrawn += await opened.Page.EvaluateAsync<int>($"{seen}.filter(figure => !figure.querySelector('.drawing > svg')).length");
        }
        await opened.DrawAllAsync();
        foreach (var (view, figures) in kept)
        {
            await opened.ShowAsync(view);
            Assert.Equal(figures, await opened.Page.EvaluateAsync<string[]>(heights));
        }
        Assert.True(undrawn > await opened.Page.Locator("figure").CountAsync() / 2);
    }

    [Fact]
    public async Task The_button_changes_the_colours_whatever_the_system_has()
    {
        await using var opened = await chromium.OpenAsync(report.Address, colors: ColorScheme.Light);
        var button = opened.Page.GetByRole(AriaRole.Button, new() { Name = "Colours" });
        await button.ClickAsync();
        await button.ClickAsync();
        Assert.Equal("rgb(22, 24, 29)", await opened.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(9, 0)]
    public async Task What_modules_do_is_open_at_first_unless_there_are_many_runs(int runs, int open)
    {
        using var folder = new TemporaryFolder();
        LanguageModelRun.Write(folder["words"]);
        var data = Enumerable.Range(0, runs).Select(i => RunData.Read(folder["words"], $"words-{i}", RunDetail.For(runs)));
        await File.WriteAllTextAsync(
            folder["many.html"], ReportPage.Make("1.2.3", new DateOnly(2026, 1, 2), [.. data], [], [], out _), TestContext.Current.CancellationToken);
        await using var opened = await chromium.OpenAsync(new(folder["many.html"]));
        Assert.Equal(runs, await opened.Page.Locator("details.layer").CountAsync());
        Assert.Equal(open, await opened.Page.Locator("details.layer[open]").CountAsync());
    }

    [Fact]
    public async Task All_figures_are_drawn_before_they_are_printed()
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        int figures = await opened.Page.Locator("figure").CountAsync();
        Assert.True(await opened.Page.EvaluateAsync<int>(DrawnFigures) < figures);
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await opened.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.Equal(figures, await opened.Page.EvaluateAsync<int>(DrawnFigures));
        Assert.Equal(0, await opened.Page.Locator(".save:visible").CountAsync());
    }

    [Fact]
    public async Task On_paper_the_results_fit_the_page_and_no_word_or_number_of_them_is_broken()
    {
        // A4 has 210 mm, of which the margins take 20.
        await using var opened = await chromium.OpenAsync(report.Address, width: 718);
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await opened.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        foreach (var table in await opened.Page.Locator("[data-table^='results-'] table").AllAsync())
        {
            Assert.InRange(await table.EvaluateAsync<double>("table => table.getBoundingClientRect().right"), 1, 718);
            Assert.Empty(await table.EvaluateAsync<string[]>(PageScripts.BrokenWords));
        }
    }
}
