using System.Buffers.Binary;
using System.Xml.Linq;
using Microsoft.Playwright;

namespace ModularNetworks.Browser.Tests;

[Collection(BrowserTests.Name)]
public sealed class SavedFiguresTests(Chromium chromium, SampleReport report)
{
    private const int HeaderBytes = 24;

    private static readonly string[] NotUnderstoodByAll = ["var(", "currentColor", "light-dark(", "class=", ":where", "NaN", "<style"];

    [Theory]
    [InlineData("toy-loss", ColorScheme.Light)]
    [InlineData("toy-toy", ColorScheme.Dark)]
    [InlineData("paths-images", ColorScheme.Dark)]
    [InlineData("controller-words", ColorScheme.Light)]
    [InlineData("usage-images", ColorScheme.Light)]
    public async Task A_saved_drawing_has_only_what_programs_other_than_browsers_understand(string name, ColorScheme colors)
    {
        await using var opened = await chromium.OpenAsync(report.Address, colors: colors);
        string svg = await File.ReadAllTextAsync(await SaveAsync(opened, name, "as SVG"), TestContext.Current.CancellationToken);
        Assert.All(NotUnderstoodByAll, word => Assert.DoesNotContain(word, svg, StringComparison.Ordinal));
        // A drawing in a drawing would be cut at its edge.
        Assert.Single(XDocument.Parse(svg).Descendants(), part => part.Name.LocalName == "svg");
        Assert.Empty(opened.Problems);
    }

    [Fact]
    public async Task A_picture_has_twice_the_size_of_the_drawing()
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        var svg = XDocument.Load(await SaveAsync(opened, "toy-loss", "as SVG")).Root!;
        byte[] picture = await File.ReadAllBytesAsync(await SaveAsync(opened, "toy-loss", "as PNG"), TestContext.Current.CancellationToken);
        Assert.Equal("\x89PNG"u8[^3..], picture.AsSpan(1, 3));
        var size = picture.AsSpan(HeaderBytes - 8, 8);
        Assert.Equal(
            (2 * (int)svg.Attribute("width")!, 2 * (int)svg.Attribute("height")!),
            (BinaryPrimitives.ReadInt32BigEndian(size), BinaryPrimitives.ReadInt32BigEndian(size[4..])));
        Assert.Empty(opened.Problems);
    }

    private static async Task<string> SaveAsync(OpenedPage opened, string figure, string button)
    {
        await opened.ShowAsync($"figure-{figure}");
        var save = opened.Figure(figure).GetByRole(AriaRole.Button, new() { Name = button });
        var saved = await opened.Page.RunAndWaitForDownloadAsync(() => save.ClickAsync());
        return await saved.PathAsync();
    }
}
