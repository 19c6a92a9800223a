using Microsoft.Playwright;
using ModularNetworks.Reporting;

namespace ModularNetworks.Browser.Tests;

public sealed class SuitePageTests(Chromium chromium)
{
    // The losses of em are lower than those of dense, whose difference to itself is null.
    private const string Report = """
        {
          "command": "modnet reproduce suite", "commit": "1.2.3", "missingRuns": 1,
          "rows": [
            {"task": "rotation", "method": "dense", "metric": "accuracy", "higherIsBetter": true, "mean": 0.8, "differenceToDense": null, "table": "prediction", "isControl": false, "verdict": "open"},
            {"task": "rotation", "method": "em", "metric": "accuracy", "higherIsBetter": true, "mean": 0.9, "differenceToDense": {"mean": 0.1, "interval": [0.08, 0.12]},
             "gapClosed": {"mean": 0.7, "interval": [0.6, 0.8]}, "table": "prediction", "isControl": false, "verdict": "win"},
            {"task": "rotation", "method": "em-paper", "metric": "accuracy", "higherIsBetter": true, "mean": 0.1, "differenceToDense": {"mean": -0.7, "interval": [-0.8, -0.6]},
             "gapClosed": {"mean": -5, "interval": [-6, -4]}, "table": "prediction", "isControl": false, "verdict": "loss"},
            {"task": "rotation", "method": "em", "metric": "accuracy", "higherIsBetter": true, "mean": 0.9, "differenceToDense": {"mean": 0.05, "interval": [0.01, 0.09]},
             "gapClosed": null, "table": "training", "isControl": false, "verdict": "costlierWin"},
            {"task": "one-rule", "method": "em", "metric": "loss", "higherIsBetter": false, "mean": 0.5, "differenceToDense": {"mean": -0.2, "interval": [-0.3, -0.1]},
             "table": "prediction", "isControl": true, "verdict": "fault"}
          ]
        }
        """;

    [Fact]
    public async Task A_suite_shows_who_wins_where_the_gap_and_each_task()
    {
        await using var opened = await OpenAsync(Report);
        Assert.Equal(
            ["suite-s-prediction", "suite-s-training", "suite-s-gap-prediction", "suite-s-task-rotation", "suite-s-task-one-rule"], await opened.DrawAllAsync());
        Assert.StartsWith(
            "s: At equal operations of a prediction, em is better than a network without modules on 1 of 1 task, and worse on none. On 1 control",
            await opened.Page.Locator("#overview .answer").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("digits turned four ways", await opened.Figure("suite-s-task-rotation").Locator("figcaption").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(opened.Problems);
    }

    [Fact]
    public async Task Wins_and_losses_differ_in_their_shapes_and_right_is_better()
    {
        await using var opened = await OpenAsync(Report);
        await opened.DrawAllAsync();
        var dots = opened.Figure("suite-s-prediction").Locator("g[aria-label='dot'] > *");
        string[] shapes = await dots.EvaluateAllAsync<string[]>("dots => dots.map(dot => `${dot.getAttribute('d')} ${/rotate\\(180\\)/.test(dot.getAttribute('transform'))}`)");
        Assert.Equal(3, shapes.Distinct().Count());
        await opened.ShowAsync("compared-s");
        // em is on the right of the line on both tasks, also where a lower loss is better; em-paper is far on the left, at the edge of the axis.
        foreach (string task in (string[])["rotation", "one-rule"])
            Assert.True(await PlaceAsync(opened, task, "em: ") > await LineAsync(opened, task));
        Assert.True(await PlaceAsync(opened, "rotation", "em-paper: ") < await LineAsync(opened, "rotation"));
        Assert.Equal(1, await opened.Figure("suite-s-task-rotation").GetByText("← −70.0 points").CountAsync());
        await opened.ShowAsync("figure-suite-s-gap-prediction");
        await opened.Figure("suite-s-gap-prediction").GetByLabel("em-paper").CheckAsync();
        await Assertions.Expect(opened.Figure("suite-s-gap-prediction").GetByText("◀")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"rows": [null, {"task": "a"}, {"task": "rotation", "method": "em", "differenceToDense": {"mean": "x"}, "gapClosed": [1], "verdict": 3}]}""")]
    public async Task Damaged_results_leave_the_page_as_it_is(string report)
    {
        await using var opened = await OpenAsync(report);
        await opened.DrawAllAsync();
        Assert.Equal("Do modules pay? s", await opened.Page.Locator("#compared-s h2").InnerTextAsync());
        Assert.Empty(opened.Problems);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1280)]
    public async Task The_figures_of_a_suite_fit_and_no_text_of_them_is_covered_or_cut(int width)
    {
        await using var opened = await OpenAsync(Report, width);
        await opened.ShowAllAsync();
        // Tables are fitted in the frame after they are seen.
        await opened.Page.EvaluateAsync("new Promise(done => { document.querySelectorAll('details').forEach(one => { one.open = true; }); requestAnimationFrame(() => requestAnimationFrame(done)); })");
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(PageScripts.Overflowing));
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(PageScripts.SpoiltTexts));
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(PageScripts.FaintLines));
    }

    private static Task<double> PlaceAsync(OpenedPage opened, string task, string row) => opened.Figure($"suite-s-task-{task}")
        .Locator("g[aria-label='dot'] > *", new() { HasText = row }).First.EvaluateAsync<double>("dot => dot.getBoundingClientRect().x");

    private static Task<double> LineAsync(OpenedPage opened, string task) => opened.Figure($"suite-s-task-{task}")
        .Locator("g[aria-label='rule'] line").First.EvaluateAsync<double>("line => line.getBoundingClientRect().x");

    private async Task<OpenedPage> OpenAsync(string report, int width = 1280)
    {
        // The browser has read the page when it is opened.
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["suite.json"], report, TestContext.Current.CancellationToken);
        string page = ReportPage.Make("1.2.3", new DateOnly(2026, 1, 2), [], [ComparisonData.Read(folder.Path, "s")], [], out _);
        await File.WriteAllTextAsync(folder["report.html"], page, TestContext.Current.CancellationToken);
        return await chromium.OpenAsync(new(folder["report.html"]), width);
    }
}
