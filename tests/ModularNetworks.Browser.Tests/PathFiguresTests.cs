namespace ModularNetworks.Browser.Tests;

public sealed class PathFiguresTests(Chromium chromium, SampleReport report)
{
    [Fact]
    public async Task Groups_that_stand_one_below_the_other_are_close_and_do_not_touch()
    {
        await using var opened = await chromium.OpenAsync(report.Address, width: 400);
        var drawing = await opened.DrawingAsync("paths-images");
        double[] titles = await drawing.EvaluateAsync<double[]>("svg => [...svg.querySelectorAll('[font-weight=bold] text')].map(text => text.getBoundingClientRect().top)");
        double[] dots = await drawing.EvaluateAsync<double[]>("svg => [...svg.querySelectorAll('circle')].map(dot => dot.getBoundingClientRect().bottom)");
        Assert.Equal(2, titles.Length);
        // Between them are the names of the first group's layers.
        Assert.InRange(titles[1] - dots.Where(bottom => bottom < titles[1]).Max(), 30, 90);
        Assert.InRange((await drawing.BoundingBoxAsync())!.Y + (await drawing.BoundingBoxAsync())!.Height - dots.Max(), 20, 70);
    }

    [Fact]
    public async Task Where_paths_lead_from_groups_to_modules_the_numbers_of_modules_stand_beside_these()
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        var drawing = await opened.DrawingAsync("paths-toy");
        double numbers = await drawing.EvaluateAsync<double>("svg => svg.querySelector(\"g[aria-label='y-axis tick label'] text\").getBoundingClientRect().left");
        double modules = await drawing.EvaluateAsync<double>("svg => Math.max(...[...svg.querySelectorAll('circle')].map(dot => dot.getBoundingClientRect().right))");
        Assert.InRange(numbers - modules, 0, 200);
    }
}
