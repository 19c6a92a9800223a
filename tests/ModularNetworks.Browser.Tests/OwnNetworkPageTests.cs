using System.Text.Json.Nodes;
using ModularNetworks.Data.Tests;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Browser.Tests;

/// <summary>The page of the network and the data of <c>samples/OwnExperiment</c>, of which the page knows nothing.</summary>
public sealed class OwnNetworkPageTests(Chromium chromium)
{
    [Fact]
    public async Task A_network_of_ones_own_has_its_number_its_curves_paths_modules_and_drawn_datapoints()
    {
        using var folder = new TemporaryFolder();
        Train(folder["run"]);
        await using var opened = await OpenAsync(folder, "run");
        var figures = await opened.DrawAllAsync();
        foreach (string name in (string[])["bent-line-test-bend", "bent-line-selection-entropy", "bent-line-batch-selection-entropy", "usage-run", "paths-run", "controller-run"])
            Assert.Contains(name, figures);
        Assert.Equal("Test bend", await opened.Figure("bent-line-test-bend").Locator("h3").InnerTextAsync());
        Assert.Contains("test bend", await opened.Page.Locator("[data-table='overview'] tbody tr").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("of x below 0", await opened.Page.Locator("#modules .sentence").First.TextContentAsync() + await opened.Page.Locator("#modules .sentence").Last.TextContentAsync(), StringComparison.Ordinal);
        // The tool does not know the experiment: its commands would not work.
        Assert.DoesNotContain("modnet inspect", await opened.Page.Locator("#modules").TextContentAsync() ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("--method", await opened.Page.Locator(".answers").TextContentAsync() ?? "", StringComparison.Ordinal);
        await opened.ShowAsync("modules");
        var drawings = opened.Page.Locator("[data-kind='drawing'] img");
        Assert.Equal(12, await drawings.CountAsync());
        Assert.All(await drawings.EvaluateAllAsync<int[]>("images => images.map(image => image.naturalWidth)"), width => Assert.Equal(64, width));
        Assert.StartsWith("x = ", await drawings.First.GetAttributeAsync("alt"), StringComparison.Ordinal);
        Assert.Empty(opened.Problems);
    }

    [Fact]
    public async Task Each_kind_of_datapoints_is_drawn_by_its_renderer_and_an_unknown_one_by_its_label()
    {
        using var folder = new TemporaryFolder();
        Train(folder["run"]);
        string file = folder["run/inspection.json"];
        var inspection = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        inspection["layers"]![0]!["details"]![0]!["datapoints"] = new JsonArray(0, 1, 2, 3, 4);
        ShownDatapoint[] shown =
        [
            ShownDatapoint.OfText(new Quotation("once upon", "a", "time")),
            ShownDatapoint.OfImage("one pixel", SmallPng.OfColour(1, 1, 7)),
            ShownDatapoint.OfRow("a house", new("rooms", "5"), new("garden", "yes")),
            new() { Kind = "sound", Label = "a bell" },
            ShownDatapoint.OfDrawing("unsafe", "<svg xmlns=\"http://www.w3.org/2000/svg\" width='9' height='9'><script>parent.wasRun = true</script></svg>"),
        ];
        inspection["datapoints"] = new JsonObject(shown.Select((one, i) => KeyValuePair.Create($"{i}", JsonNode.Parse(RecordJson.Write(one)))));
        await File.WriteAllTextAsync(file, inspection.ToJsonString(), TestContext.Current.CancellationToken);
        await using var opened = await OpenAsync(folder, "run");
        await opened.ShowAsync("modules");
        Assert.Equal("a", await opened.Page.Locator("[data-kind='text'] mark").InnerTextAsync());
        Assert.Equal(48, await opened.Page.Locator("[data-kind='image'] img").EvaluateAsync<int>("image => image.width"));
        Assert.Equal(["rooms 5", "garden yes"], (await opened.Page.Locator("[data-kind='row'] tr").AllInnerTextsAsync()).Select(row => row.Replace('\t', ' ')));
        Assert.Equal("a bell", await opened.Page.Locator("[data-kind='sound']").InnerTextAsync());
        Assert.Equal(9, await opened.Page.Locator("img[alt='unsafe']").EvaluateAsync<int>("image => image.naturalWidth"));
        Assert.False(await opened.Page.EvaluateAsync<bool>("'wasRun' in window"));
        Assert.Empty(opened.Problems);
    }

    [Fact]
    public void A_drawing_that_is_no_svg_file_is_refused() =>
        Assert.Contains("begins with <svg", Assert.Throws<ArgumentException>(() => ShownDatapoint.OfDrawing("a", "<p>")).Message, StringComparison.Ordinal);

    private static void Train(string path)
    {
        using var run = ReadyRun.StartOrResume(new Disk(), path, new BentLine.Settings(), new ExperimentCatalogue(BentLine.Kind));
        var training = run.Begin(new RunObservers());
        Assert.True(training.Train(TestContext.Current.CancellationToken));
        training.Summarize("1.0");
    }

    private async Task<OpenedPage> OpenAsync(TemporaryFolder folder, string run)
    {
        string page = ReportPage.Make("1.2.3", new DateOnly(2026, 1, 2), [RunData.Read(folder[run], run, RunDetail.Full)], [], [], out _);
        await File.WriteAllTextAsync(folder["report.html"], page, TestContext.Current.CancellationToken);
        return await chromium.OpenAsync(new(folder["report.html"]));
    }
}
