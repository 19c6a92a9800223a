using System.Globalization;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Browser.Tests;

/// <summary>How the page says things: numbers in one form everywhere, sentences that do not contradict each other.</summary>
public sealed class ReportWordsTests(Chromium chromium)
{
    [Fact]
    public async Task An_accuracy_is_in_per_cent_everywhere_and_a_difference_in_points()
    {
        using var folder = new TemporaryFolder();
        WriteDigits(folder["modular"], new OptdigitsOptions(), 0.9583);
        WriteDigits(folder["fixed"], new OptdigitsOptions { Method = "fixed" }, 0.9533);
        await using var opened = await OpenAsync(folder, "modular", "fixed");
        var cells = opened.Page.Locator("[data-table='overview'] tbody tr").First.Locator("td");
        Assert.StartsWith("95.8 %", await cells.Nth(2).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("95.3 %", await cells.Nth(3).InnerTextAsync());
        Assert.StartsWith("+0.5 points", await cells.Nth(4).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("with test accuracy 95.8\u00a0%, 0.5\u00a0points better", await opened.Page.Locator(".answers").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("95.8 %", await opened.Page.Locator("[data-table='results-optdigits']").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(["em: 95.8 %", "fixed: 95.3 %"], await TipsAsync(opened, "settings-optdigits"));
        Assert.Equal(["em: 0.5 points"], await TipsAsync(opened, "settings-optdigits-differences"));
        Assert.DoesNotMatch("0\\.9[0-9]", await opened.Page.Locator(".views").InnerTextAsync());
    }

    [Fact]
    public async Task A_warning_is_told_once_with_the_step_where_it_came_and_a_course_has_no_order()
    {
        using var folder = new TemporaryFolder();
        var run = new RunWriter(folder["a"], new ToyOptions());
        run.Metrics(Controllers.Each(3, i => new { step = 10 * (i + 1), test = new { loss = 1.0 / (i + 1) }, warnings = i < 2 ? new[] { "module 3 rests" } : [] }));
        run.Summary(new { steps = 30 });
        ToyRun.Write(folder["b"], measurements: 2);
        await using var opened = await OpenAsync(folder, "a", "b");
        var overview = opened.Page.Locator("[data-table='overview']");
        Assert.Contains("at step 10, module 3 rests", await overview.Locator("tbody tr").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await overview.GetByText("module 3 rests").CountAsync());
        Assert.Equal(0, await overview.Locator("th", new() { HasText = "course" }).Locator("button").CountAsync());
    }

    [Fact]
    public async Task What_a_module_has_been_picked_for_since_is_what_it_is_picked_for_and_only_where_that_is_history()
    {
        using var folder = new TemporaryFolder();
        WriteModules(folder["a"], "3", "8");
        await using var opened = await OpenAsync(folder, "a");
        string modules = await opened.Page.Locator("[data-module='0']").TextContentAsync() ?? "";
        Assert.Contains("Picked for 60 % of class 3; it is 60 % of what it is picked for.", modules, StringComparison.Ordinal);
        Assert.Contains("Picked more for class 3 than for any other since step 10.", modules, StringComparison.Ordinal);
        // Its snapshots, of a part of the data, say class 8.
        Assert.DoesNotContain("since step", await opened.Page.Locator("[data-module='1']").TextContentAsync() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_measured_of_each_task_has_a_row_for_each_task()
    {
        using var folder = new TemporaryFolder();
        var run = new RunWriter(folder["a"], new StreamOptions());
        run.Metrics(new { step = 1, test = new { accuracy = 0.85, accuracyOfTask1 = 0.8, accuracyOfTask10 = 0.9 } });
        await using var opened = await OpenAsync(folder, "a");
        var tasks = opened.Page.Locator("[data-table='tasks-stream']");
        Assert.Equal(["1", "80.0 %", "10", "90.0 %"], await tasks.Locator("tbody td").AllTextContentsAsync());
        Assert.DoesNotContain("task", await opened.Page.Locator("[data-table='results-stream']").TextContentAsync() ?? "", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Classes_that_are_numbers_are_named_as_classes_above_their_paths_and_where_they_are_chosen()
    {
        using var folder = new TemporaryFolder();
        WriteModules(folder["a"], "3", "8");
        await using var opened = await OpenAsync(folder, "a");
        string drawing = await (await opened.DrawingAsync("paths-a")).TextContentAsync() ?? "";
        Assert.Contains("class 3", drawing, StringComparison.Ordinal);
        Assert.Contains("class 8", drawing, StringComparison.Ordinal);
        var choices = await opened.Figure("paths-a").Locator("fieldset label").AllInnerTextsAsync();
        Assert.Equal(["class 8", "class 3"], choices.Select(text => text.Trim()));
    }

    private static void WriteDigits(string path, RunOptions options, double accuracy)
    {
        var run = new RunWriter(path, options);
        run.Metrics(Controllers.Each(2, i => new { step = i + 1, test = new { accuracy = accuracy - (0.1 * (1 - i)) } }));
        run.Summary(new { steps = 2 });
    }

    private static void WriteModules(string path, string first, string second)
    {
        const int modules = 2;
        var run = new RunWriter(path, new OptdigitsOptions());
        var measures = Controllers.Measures("hidden", modules, 0.8);
        run.Metrics(Controllers.Each(3, i => new { step = 10 * i, test = new { accuracy = 0.5 } }));
        run.Snapshots(Controllers.Each(4, i => Snapshot(10 * i, i == 0 ? [second, first] : [first, second])));
        run.Inspection(new
        {
            step = 30,
            split = "test",
            layers = new[]
            {
                new
                {
                    name = "hidden",
                    modules,
                    usage = measures.Usage,
                    details = Controllers.Each(modules, module => new { module, usage = 0.5, classes = new[] { new { label = first, share = 0.6, lift = 1.2 } } }),
                },
            },
        });
        run.Summary(new { steps = 30 });
    }

    private static object Snapshot(int step, string[] groups)
    {
        object[] flows = [.. groups.Select((group, module) => Controllers.Flow(group, 20, 1, 1, (_, _, _) => module))];
        var layers = new[] { Controllers.Layer("hidden", groups.Length, 1, 4, 0.5) };
        return step > 0 ? new { step, layers, flows } : new { step, layers, flows, rows = Controllers.Each(4, row => row.ToString(CultureInfo.InvariantCulture)), columns = new[] { "hidden" } };
    }

    private static async Task<IReadOnlyList<string>> TipsAsync(OpenedPage opened, string figure) =>
        await (await opened.DrawingAsync(figure)).Locator("g[aria-label='dot'] title").AllTextContentsAsync();

    private async Task<OpenedPage> OpenAsync(TemporaryFolder folder, params string[] names)
    {
        RunData[] runs = [.. names.Select(name => RunData.Read(folder[name], name, RunDetail.Full))];
        await File.WriteAllTextAsync(folder["report.html"], ReportPage.Make("1.2.3", new DateOnly(2026, 1, 2), runs, [], [], out _), TestContext.Current.CancellationToken);
        return await chromium.OpenAsync(new(folder["report.html"]));
    }
}
