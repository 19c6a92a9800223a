namespace ModularNetworks.Browser.Tests;

[Collection(DrawnReportTests.Name)]
public sealed class FigureAxesTests(DrawnReport drawn)
{
    private const string VerticalLabels = "g[aria-label='y-axis tick label'] text";

    [Fact]
    public async Task The_largest_entropy_is_a_line_with_its_name_below_the_top_of_the_axis()
    {
        var opened = await drawn.OpenAsync();
        var drawing = await opened.DrawingAsync("ptb-batch-selection-entropy");
        Assert.Contains("ln 15, the largest possible", await drawing.TextContentAsync() ?? "", StringComparison.Ordinal);
        double line = await drawing.Locator("g[aria-label='rule'] line").First.EvaluateAsync<double>("line => line.getBoundingClientRect().top");
        double top = await drawing.Locator(VerticalLabels).Last.EvaluateAsync<double>("label => label.getBoundingClientRect().top");
        Assert.True(top < line, $"{top} is not above {line}");
    }

    [Fact]
    public async Task Labels_of_an_axis_have_one_form()
    {
        var opened = await drawn.OpenAsync();
        foreach (string name in drawn.Figures.Where(name => name.StartsWith("toy-", StringComparison.Ordinal) || name.StartsWith("ptb-", StringComparison.Ordinal)))
        {
            var labels = (await (await opened.DrawingAsync(name)).Locator(VerticalLabels).AllTextContentsAsync()).ToHashSet();
            Assert.True(labels.Count >= 2, $"{name} has {labels.Count} labels");
            Assert.DoesNotContain(labels, label => label.Contains('e', StringComparison.Ordinal));
            Assert.Single(labels.Select(Decimals).Distinct());
        }
    }

    [Theory]
    [InlineData("controller-words")]
    [InlineData("controller-over-time-words")]
    public async Task A_heat_map_has_a_scale(string name)
    {
        var opened = await drawn.OpenAsync();
        var scale = (await opened.DrawingAsync(name)).Locator(".color-scale");
        Assert.Equal(["probability", "0", "1"], await scale.Locator("text").AllTextContentsAsync());
        Assert.Equal(25, (await scale.Locator("rect").EvaluateAllAsync<string[]>("boxes => boxes.map(box => box.getAttribute('fill'))")).Distinct().Count());
    }

    [Fact]
    public async Task The_legend_of_the_toy_problem_draws_the_shapes_that_the_points_have()
    {
        var opened = await drawn.OpenAsync();
        var samples = opened.Figure("toy-toy").Locator(".legend path");
        string[] outlines = await samples.EvaluateAllAsync<string[]>("paths => paths.map(path => path.getAttribute('d'))");
        Assert.Equal((4, 4), (outlines.Length, outlines.Distinct().Count()));
        string[] fills = await samples.EvaluateAllAsync<string[]>("paths => paths.map(path => getComputedStyle(path).fill)");
        string[] drawnFills = await (await opened.DrawingAsync("toy-toy")).Locator("g[aria-label='dot'] path").EvaluateAllAsync<string[]>(
            "points => [...new Set(points.map(point => getComputedStyle(point).fill))]");
        Assert.Equal(fills.Order(), drawnFills.Order());
    }

    private static int Decimals(string label) => label.IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? label.TrimEnd('%', ' ').Length - point : 0;
}
