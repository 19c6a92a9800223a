namespace ModularNetworks.Browser.Tests;

[Collection(DrawnReportTests.Name)]
public sealed class ReportFiguresTests(DrawnReport drawn, SampleReport report)
{
    private const string Snapshots = "snapshots.jsonl";

    [Fact]
    public async Task The_report_opens_offline_without_a_problem_and_without_a_request()
    {
        var opened = await drawn.OpenAsync();
        Assert.NotEmpty(drawn.Figures);
        Assert.Empty(opened.Problems);
        Assert.Equal([report.Address.AbsoluteUri], opened.Requests);
    }

    [Fact]
    public async Task Every_figure_that_the_data_allow_is_there()
    {
        await drawn.OpenAsync();
        string[] entropies = ["selection-entropy", "batch-selection-entropy", "log-likelihood", "changed-share"];
        string[] expected =
        [
            .. entropies.Prepend("test-loss").Select(name => $"toy-{name}"),
            .. entropies.Prepend("test-perplexity").Prepend("valid-perplexity").Select(name => $"ptb-{name}"),
            .. entropies.Prepend("train-stored-accuracy").Prepend("train-accuracy").Prepend("test-accuracy").Select(name => $"cifar10-{name}"),
            .. OfRun("toy", "toy", "usage", "paths", "controller", "controller-over-time"),
            .. OfRun("toy-two", "toy", "usage", "paths", "controller", "controller-over-time"),
            .. OfRun("toy-one-line", "usage"),
            .. OfRun("words", "usage", "paths", "controller", "controller-over-time"),
            .. OfRun("words-old", "usage"),
            .. OfRun("images", "usage", "layer-entropy", "paths", "controller", "controller-over-time"),
        ];
        Assert.Equal(expected.Order(), drawn.Figures.Order());
    }

    [Theory]
    [InlineData("toy-test-loss", "Loss on held-out points (as Figure 3b)")]
    [InlineData("ptb-selection-entropy", "Selection entropy H_a (as Figure 4)")]
    [InlineData("ptb-changed-share", "Compositions changed by an E-step")]
    [InlineData("cifar10-test-accuracy", "Test accuracy (as Figure 6)")]
    [InlineData("cifar10-train-stored-accuracy", "Training accuracy with stored compositions")]
    public async Task A_title_names_the_papers_figure_where_the_paper_has_one(string name, string title)
    {
        var opened = await drawn.OpenAsync();
        Assert.Equal(title, await opened.Figure(name).Locator("h3").InnerTextAsync());
    }

    [Theory]
    [InlineData("layers-images")]
    [InlineData("maps-toy")]
    [InlineData("results-toy")]
    public async Task Names_in_tables_are_not_broken_into_lines(string table)
    {
        var opened = await drawn.OpenAsync();
        await opened.ShowAsync(await opened.Page.Locator(".part", new() { Has = opened.Page.Locator($"[data-table='{table}']") }).GetAttributeAsync("id") ?? "");
        var names = opened.Page.Locator($"[data-table='{table}'] tbody td:first-child");
        int[] lines = await names.EvaluateAllAsync<int[]>(
            "cells => cells.map(cell => { const range = document.createRange(); range.selectNodeContents(cell); return range.getClientRects().length; })");
        Assert.NotEmpty(lines);
        Assert.All(lines, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Measures_of_modules_are_shown_where_a_run_has_them()
    {
        var opened = await drawn.OpenAsync();
        string page = await opened.Page.Locator("main").TextContentAsync() ?? "";
        Assert.Contains("tries all compositions is 0.0150 nats better (leakage", page, StringComparison.Ordinal);
        Assert.Contains("E-steps have visited a training datapoint 12.50 times", page, StringComparison.Ordinal);
        Assert.Contains("alignment 0.0110, inverse mutual information 0.0550, adaptation 0.0070", page, StringComparison.Ordinal);
        Assert.Equal("0.0270", await opened.Page.Locator("[data-table='layers-toy'] tbody td:last-child").InnerTextAsync());
        // A run of an earlier version measured no collapse.
        Assert.Equal("", await opened.Page.Locator("[data-table='layers-words'] tbody td:last-child").InnerTextAsync());
        Assert.Contains("E-step visits", await opened.Page.Locator("[data-table='results-toy'] thead").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_curve_has_a_line_for_every_run_that_measured_it()
    {
        var opened = await drawn.OpenAsync();
        const string lines = "g[aria-label='line'] path[stroke], g[aria-label='line'][stroke] path";
        Assert.Equal(3, await opened.CountAsync("toy-test-loss", lines));
        Assert.Equal(3, await opened.CountAsync("ptb-valid-perplexity", lines));
        Assert.Equal(2, await opened.CountAsync("ptb-test-perplexity", lines));
        Assert.Equal(2, await opened.CountAsync("ptb-selection-entropy", lines));
        Assert.Equal(1, await opened.CountAsync("cifar10-test-accuracy", lines));
        Assert.Equal(5, await opened.CountAsync("layer-entropy-images", lines));
    }

    [Theory]
    [InlineData("toy")]
    [InlineData("words")]
    [InlineData("images")]
    public async Task A_heat_map_has_a_cell_for_every_row_and_module(string run)
    {
        var opened = await drawn.OpenAsync();
        var layer = report.Lines(run, Snapshots)[^1]["layers"]![0]!;
        int cells = layer["probabilities"]!.AsArray().Count * (int)layer["modules"]!;
        Assert.Equal(cells, await opened.CountAsync($"controller-{run}", "g[aria-label='cell'] rect"));
        Assert.Equal(4 * cells, await opened.CountAsync($"controller-over-time-{run}", "g[aria-label='cell'] rect"));
    }

    [Theory]
    [InlineData("words")]
    [InlineData("images")]
    public async Task Paths_have_a_dot_for_every_module_and_a_line_for_every_pair_that_follow_each_other(string run)
    {
        var opened = await drawn.OpenAsync();
        var snapshot = report.Lines(run, Snapshots)[^1];
        var largest = snapshot["flows"]!.AsArray().OrderByDescending(flow => (int)flow!["count"]!).Take(2).ToArray();
        int dots = largest.Sum(flow => flow!["nodes"]!.AsArray().Count) * (int)snapshot["layers"]![0]!["modules"]!;
        int lines = largest.Sum(flow => flow!["edges"]!.AsArray().Sum(pairs => pairs!.AsArray().Count));
        Assert.Equal(dots, await opened.CountAsync($"paths-{run}", "g[aria-label='dot'] circle"));
        Assert.Equal(lines, await opened.CountAsync($"paths-{run}", "g[aria-label='link'] path"));
    }

    [Fact]
    public async Task Paths_of_a_single_layer_lead_to_its_modules_from_the_groups()
    {
        var opened = await drawn.OpenAsync();
        Assert.Equal(2 + 2, await opened.CountAsync("paths-toy", "g[aria-label='dot'] circle"));
        // At the end, each of the two groups goes to a module of its own.
        Assert.Equal(2, await opened.CountAsync("paths-toy", "g[aria-label='link'] path"));
    }

    [Theory]
    [InlineData("toy", 2)]
    [InlineData("words", 15)]
    [InlineData("images", 5 * 10)]
    public async Task Use_has_a_bar_for_every_module_of_every_layer(string run, int modules)
    {
        var opened = await drawn.OpenAsync();
        Assert.Equal(modules, await opened.CountAsync($"usage-{run}", "g[aria-label='bar'] rect"));
    }

    [Fact]
    public async Task The_toy_problem_has_its_points_targets_and_outputs_and_the_learned_maps()
    {
        var opened = await drawn.OpenAsync();
        Assert.Equal(3 * ToyRun.Points, await opened.CountAsync("toy-toy", "g[aria-label='dot'] path, g[aria-label='dot'] circle"));
        var maps = opened.Page.Locator("[data-table='maps-toy']");
        Assert.Contains("Learned maps of toy at step 2,000", await maps.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("0.8000", await maps.Locator("tbody tr").Nth(2).InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Modules_are_shown_with_what_they_read()
    {
        var opened = await drawn.OpenAsync();
        var module = opened.Page.Locator("#run-words [data-module='2']");
        Assert.Contains("<b>up</b> from said quarter 0", await module.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("said", await module.Locator("mark").First.InnerTextAsync());
        Assert.Equal(15, await opened.Page.Locator("#run-words [data-module]").CountAsync());
        Assert.DoesNotContain("stored compositions", await opened.Page.Locator("#run-words").InnerTextAsync(), StringComparison.Ordinal);
        int loaded = await opened.Page.Locator("#run-images [data-layer='convolution1'] img").EvaluateAllAsync<int>(
            "images => images.filter(image => image.complete && image.naturalWidth > 0).length");
        Assert.Equal(10 * ImageRun.Images, loaded);
    }

    [Fact]
    public async Task Overview_and_configuration_have_every_run()
    {
        var opened = await drawn.OpenAsync();
        var names = opened.Page.Locator("[data-table='overview'] tbody td:first-child a");
        Assert.Equal(SampleReport.RunNames, await names.AllTextContentsAsync());
        var header = opened.Page.Locator("#options-toy thead th");
        Assert.Equal(["option", .. SampleReport.RunNames.Where(name => name.StartsWith("toy", StringComparison.Ordinal))], await header.AllTextContentsAsync());
        var seeds = opened.Page.Locator("#options-toy tr", new() { HasText = "seed ≠" });
        Assert.Equal(["1", "2", "3", "4"], await seeds.Locator("td").AllTextContentsAsync());
    }

    private static IEnumerable<string> OfRun(string run, params string[] figures) => figures.Select(figure => $"{figure}-{run}");
}
