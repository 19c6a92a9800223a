using Microsoft.Playwright;

namespace ModularNetworks.Browser.Tests;

public sealed class ReportControlsTests(Chromium chromium, SampleReport report)
{
    [Theory]
    [InlineData("toy-toy")]
    [InlineData("paths-words")]
    [InlineData("controller-images")]
    public async Task The_slider_moves_by_keyboard_and_the_drawing_with_it(string name)
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        var drawing = await opened.DrawingAsync(name);
        var slider = opened.Figure(name).GetByRole(AriaRole.Slider);
        var step = opened.Figure(name).Locator("output");
        string last = await step.InnerTextAsync(), atLast = await drawing.InnerHTMLAsync();
        await slider.FocusAsync();
        await opened.Page.Keyboard.PressAsync("ArrowLeft");
        string before = await step.InnerTextAsync(), atBefore = await drawing.InnerHTMLAsync();
        Assert.True(Number(before) < Number(last));
        Assert.NotEqual(atLast, atBefore);
        await opened.Page.Keyboard.PressAsync("Home");
        Assert.Equal("0", await step.InnerTextAsync());
        Assert.Equal("0", await slider.GetAttributeAsync("aria-valuetext"));
        Assert.NotEqual(atBefore, await drawing.InnerHTMLAsync());
        await opened.Page.Keyboard.PressAsync("End");
        Assert.Equal(atLast, await drawing.InnerHTMLAsync());
    }

    [Fact]
    public async Task Learned_maps_follow_the_slider()
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        await opened.DrawingAsync("toy-toy");
        await opened.Figure("toy-toy").GetByRole(AriaRole.Slider).PressAsync("Home");
        string maps = await opened.Page.Locator("[data-table='maps-toy'] h3").InnerTextAsync();
        Assert.Contains("Learned maps of toy at step 0:", maps, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_third_group_takes_the_place_of_the_first()
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        var drawing = await opened.DrawingAsync("paths-images");
        Assert.Equal(["ship", "truck"], await BoldAsync(drawing));
        await opened.Figure("paths-images").GetByLabel("cat").PressAsync("Space");
        Assert.Equal(["cat", "ship"], await BoldAsync(drawing));
        Assert.False(await opened.Figure("paths-images").GetByLabel("truck").IsCheckedAsync());
    }

    [Fact]
    public async Task Another_layer_and_choice_of_the_controller_can_be_shown()
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        var cells = (await opened.DrawingAsync("controller-images")).Locator("g[aria-label='cell']");
        string first = await cells.InnerHTMLAsync();
        await opened.Figure("controller-images").GetByLabel("Choice").SelectOptionAsync("2 of 2");
        Assert.NotEqual(first, await cells.InnerHTMLAsync());
        Assert.Equal(5, await opened.Figure("controller-images").GetByLabel("Layer").Locator("option").CountAsync());
    }

    [Fact]
    public async Task A_run_can_be_left_out_of_a_curve()
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        const string lines = "g[aria-label='line'] path";
        int all = await opened.CountAsync("toy-test-loss", lines);
        await opened.Figure("toy-test-loss").GetByLabel("toy-two").UncheckAsync();
        Assert.Equal(all - 1, await opened.CountAsync("toy-test-loss", lines));
    }

    [Fact]
    public async Task A_table_is_sorted_by_keyboard()
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        var table = opened.Page.Locator("[data-table='overview']");
        var header = table.Locator("th").First;
        await header.GetByRole(AriaRole.Button, new() { Name = "run", Exact = true }).PressAsync("Enter");
        Assert.Equal("ascending", await header.GetAttributeAsync("aria-sort"));
        Assert.Equal("images", await table.Locator("tbody td a").First.InnerTextAsync());
        await opened.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("descending", await header.GetAttributeAsync("aria-sort"));
        Assert.Equal("words-old", await table.Locator("tbody td a").First.InnerTextAsync());
    }

    private static Task<IReadOnlyList<string>> BoldAsync(ILocator drawing) =>
        drawing.Locator("g[font-weight='bold'] text").AllTextContentsAsync();

    private static int Number(string text) => int.Parse(text, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
}
