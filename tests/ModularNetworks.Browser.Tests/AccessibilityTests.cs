using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ModularNetworks.Browser.Tests;

public sealed class AccessibilityTests(Chromium chromium, SampleReport report)
{
    private static readonly string[] Bad = ["moderate", "serious", "critical"];

    // What stands out from its background is another test's.
    private static readonly AxeRunOptions Options = new()
    {
        ResultTypes = [ResultType.Violations],
        Rules = new() { ["color-contrast"] = new() { Enabled = false } },
    };

    [Fact]
    public async Task Nothing_keeps_people_from_using_the_page()
    {
        string[][] found = await Task.WhenAll(FoundAsync(1280, ColorScheme.Light), FoundAsync(400, ColorScheme.Dark));
        Assert.Empty(found.SelectMany(each => each));
    }

    private async Task<string[]> FoundAsync(int width, ColorScheme colors)
    {
        await using var opened = await chromium.OpenAsync(report.Address, width, colors);
        var found = new List<string>();
        foreach (string view in await opened.ViewsAsync())
        {
            await opened.ShowAsync(view);
            var result = await opened.Page.RunAxe(Options);
            found.AddRange(result.Violations.Where(one => Bad.Contains(one.Impact)).Select(one => $"{width} {colors}, {view}: {one.Id}: {one.Nodes[0].Html}"));
        }
        return [.. found];
    }
}
