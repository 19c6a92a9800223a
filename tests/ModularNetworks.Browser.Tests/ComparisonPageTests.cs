using ModularNetworks.Reporting;

namespace ModularNetworks.Browser.Tests;

public sealed class ComparisonPageTests(Chromium chromium)
{
    private const string Report = """
        {
          "command": "modnet compare --kind table", "metric": "r2", "higherIsBetter": true, "steps": 500, "usualSteps": 3000, "trials": 3, "seeds": 3,
          "plannedSeeds": 5, "missing": ["dense-wide is left out."],
          "rows": [
            {"name": "dense", "mean": 0.8, "interval": [0.7, 0.9], "differenceToDense": null},
            {"name": "em-clusters", "mean": 0.9, "interval": [0.85, 0.95], "verdict": "win", "differenceToDense": {"mean": 0.1, "interval": [0.05, 0.15]},
             "differenceAtEqualTraining": {"mean": -0.01, "interval": [-0.02, 0.03]}}
          ],
          "answer": {"verdict": "pays", "sentence": "Modules pay here.", "use": "em-clusters"},
          "use": ["train", "table", "--data", "my table.csv"]
        }
        """;

    [Fact]
    public async Task A_comparison_shows_its_answer_its_intervals_and_its_table()
    {
        await using var opened = await OpenAsync(Report);
        Assert.Equal(["compared-c-means", "compared-c-differences"], await opened.DrawAllAsync());
        Assert.Equal(2, await opened.CountAsync("compared-c-means", "g[aria-label='dot'] circle"));
        // At equal operations of a prediction it wins; at those of the training the difference may be chance.
        string[] legend = ["better", "a difference that may be chance"];
        Assert.Equal(legend, (await opened.Figure("compared-c-differences").Locator(".legend li").AllInnerTextsAsync()).Select(text => text.Trim()));
        Assert.Equal(2, await opened.CountAsync("compared-c-differences", "g[aria-label='dot'] > *"));
        Assert.Equal("Modules pay here.", await opened.Page.Locator("#compared-c .answer").InnerTextAsync());
        Assert.Equal("modnet train table --data 'my table.csv'", await opened.Page.Locator("#compared-c code").InnerTextAsync());
        Assert.Equal("c: Modules pay here.", await opened.Page.Locator("#overview .answer").TextContentAsync());
        Assert.Equal(2, await opened.Page.Locator("tbody tr").CountAsync());
        Assert.Contains("500 of the usual 3000 steps, 3 of 5 planned seeds", await opened.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(opened.Problems);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"rows": 3, "answer": [], "use": {"a": 1}}""")]
    [InlineData("""{"rows": [null, {"name": "dense", "mean": "x", "interval": [1]}]}""")]
    public async Task Damaged_results_leave_the_page_as_it_is(string report)
    {
        await using var opened = await OpenAsync(report);
        await opened.DrawAllAsync();
        Assert.Equal("Do modules pay? c", await opened.Page.Locator("#compared-c h2").InnerTextAsync());
        Assert.Empty(opened.Problems);
    }

    private async Task<OpenedPage> OpenAsync(string report)
    {
        // The browser has read the page when it is opened.
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["compare.json"], report, TestContext.Current.CancellationToken);
        string page = ReportPage.Make("1.2.3", new DateOnly(2026, 1, 2), [], [ComparisonData.Read(folder.Path, "c")], [], out _);
        await File.WriteAllTextAsync(folder["report.html"], page, TestContext.Current.CancellationToken);
        return await chromium.OpenAsync(new(folder["report.html"]));
    }
}
