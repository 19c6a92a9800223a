using ModularNetworks.Reporting;

namespace ModularNetworks.Browser.Tests;

public sealed class ShortAndLongRunTests(Chromium chromium)
{
    private const string Dots = "g[aria-label='dot'] circle";

    [Fact]
    public async Task Of_a_single_measurement_every_figure_has_a_dot_with_its_value()
    {
        using var folder = new TemporaryFolder();
        ImageRun.WriteMeasuredOnce(folder["one"], seed: 1);
        ImageRun.WriteMeasuredOnce(folder["two"], seed: 2);
        await using var opened = await OpenAsync(folder, "one", "two");
        foreach (string name in new[] { "cifar10-test-accuracy", "cifar10-train-accuracy", "cifar10-batch-selection-entropy", "layer-entropy-one", "layer-entropy-two" })
        {
            int numbers = name.StartsWith("layer", StringComparison.Ordinal) ? 5 : 2;
            Assert.Equal(numbers, await opened.CountAsync(name, Dots));
            Assert.Equal(numbers, await opened.CountAsync(name, "g[font-weight='bold'] text"));
        }
        Assert.Equal("15.0 %", await (await opened.DrawingAsync("cifar10-test-accuracy")).Locator("g[font-weight='bold'] text").First.TextContentAsync());
        Assert.Equal(0, await opened.CountAsync("cifar10-log-likelihood", Dots));
    }

    [Fact]
    public async Task A_run_that_measured_once_is_a_dot_among_the_curves_of_others()
    {
        using var folder = new TemporaryFolder();
        ToyRun.Write(folder["long"], measurements: 4);
        ToyRun.Write(folder["short"], measurements: 1, seed: 2);
        await using var opened = await OpenAsync(folder, "long", "short");
        Assert.Equal(2, await opened.CountAsync("toy-test-loss", "g[aria-label='line'] path[stroke], g[aria-label='line'][stroke] path"));
        Assert.Equal(1, await opened.CountAsync("toy-test-loss", "path[marker-start]"));
    }

    [Fact]
    public async Task Of_a_long_run_the_page_says_how_many_lines_are_shown()
    {
        using var folder = new TemporaryFolder();
        ToyRun.Write(folder["long"], measurements: 1200);
        ToyRun.Write(folder["short"], measurements: 500);
        await using var opened = await OpenAsync(folder, "long", "short");
        Assert.Equal(
            ["long: 500 of 1,200 lines of metrics are shown, at even distances. Peaks between them are not."],
            await opened.Page.Locator("#curves-toy .thinned").AllInnerTextsAsync());
    }

    private async Task<OpenedPage> OpenAsync(TemporaryFolder folder, params string[] runs)
    {
        var data = runs.Select(run => RunData.Read(folder[run], run, RunDetail.Full));
        await File.WriteAllTextAsync(
            folder["report.html"], ReportPage.Make("1.2.3", new DateOnly(2026, 1, 2), [.. data], [], [], out _), TestContext.Current.CancellationToken);
        return await chromium.OpenAsync(new(folder["report.html"]));
    }
}
