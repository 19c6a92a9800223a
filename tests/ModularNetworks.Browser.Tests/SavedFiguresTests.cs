using System.Buffers.Binary;
using System.Xml.Linq;
using Microsoft.Playwright;

namespace ModularNetworks.Browser.Tests;

[Collection(DrawnReportTests.Name)]
public sealed class SavedFiguresTests(DrawnReport drawn)
{
    private const int HeaderBytes = 24;

    private static readonly string[] NotUnderstoodByAll = ["var(", "currentColor", "light-dark(", "class=", ":where", "NaN", "<style"];

    [Theory]
    [InlineData("toy-test-loss", ColorScheme.Light)]
    [InlineData("toy-toy", ColorScheme.Dark)]
    [InlineData("paths-images", ColorScheme.Dark)]
    [InlineData("controller-words", ColorScheme.Light)]
    [InlineData("usage-images", ColorScheme.Light)]
    public async Task A_saved_drawing_has_only_what_programs_other_than_browsers_understand(string name, ColorScheme colors)
    {
        var opened = await drawn.OpenAsync();
        await opened.Page.EmulateMediaAsync(new() { ColorScheme = colors });
        string svg = await File.ReadAllTextAsync(await (await SaveAsync(opened, name, "as SVG")).PathAsync(), TestContext.Current.CancellationToken);
        Assert.All(NotUnderstoodByAll, word => Assert.DoesNotContain(word, svg, StringComparison.Ordinal));
        // A drawing in a drawing would be cut at its edge.
        Assert.Single(XDocument.Parse(svg).Descendants(), part => part.Name.LocalName == "svg");
        Assert.Empty(opened.Problems);
    }

    [Fact]
    public async Task A_picture_has_twice_the_size_of_the_drawing()
    {
        var opened = await drawn.OpenAsync();
        var svg = XDocument.Load(await (await SaveAsync(opened, "toy-test-loss", "as SVG")).PathAsync()).Root!;
        byte[] picture = await File.ReadAllBytesAsync(await (await SaveAsync(opened, "toy-test-loss", "as PNG")).PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal("\x89PNG"u8[^3..], picture.AsSpan(1, 3));
        var size = picture.AsSpan(HeaderBytes - 8, 8);
        Assert.Equal(
            (2 * (int)svg.Attribute("width")!, 2 * (int)svg.Attribute("height")!),
            (BinaryPrimitives.ReadInt32BigEndian(size), BinaryPrimitives.ReadInt32BigEndian(size[4..])));
        Assert.Empty(opened.Problems);
    }

    [Theory]
    [InlineData("toy-test-loss", "run,step,test.loss", (2 * SampleReport.ToyMeasurements) + 1)]
    [InlineData("usage-words", "layer,module,share", 15)]
    [InlineData("controller-toy", "step,row,label,module,probability", 35 * 2)]
    [InlineData("toy-toy", "panel,x,y,by", 3 * ToyRun.Points)]
    public async Task A_figure_is_saved_as_SVG_and_its_data_as_CSV(string name, string columns, int rows)
    {
        var opened = await drawn.OpenAsync();
        string title = await opened.Figure(name).Locator("h3").InnerTextAsync();
        var (file, svg) = await ReadAsync(await SaveAsync(opened, name, "as SVG"));
        Assert.Equal($"{name}.svg", file);
        var root = XDocument.Parse(svg).Root!;
        XNamespace shapes = "http://www.w3.org/2000/svg";
        Assert.Equal((shapes + "svg", title), (root.Name, root.Element(shapes + "title")!.Value));
        Assert.NotEmpty(root.Descendants(shapes + "text"));
        (file, string csv) = await ReadAsync(await SaveAsync(opened, name, "as CSV"));
        Assert.Equal($"{name}.csv", file);
        string[] lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((columns, rows + 1), (lines[0], lines.Length));
        Assert.All(lines, line => Assert.Equal(columns.Split(',').Length, line.Split(',').Length));
        Assert.Empty(opened.Problems);
    }

    private static async Task<IDownload> SaveAsync(OpenedPage opened, string figure, string button)
    {
        await opened.ShowAsync($"figure-{figure}");
        var save = opened.Figure(figure).GetByRole(AriaRole.Button, new() { Name = button });
        return await opened.Page.RunAndWaitForDownloadAsync(() => save.ClickAsync());
    }

    private static async Task<(string Name, string Text)> ReadAsync(IDownload saved) =>
        (saved.SuggestedFilename, await File.ReadAllTextAsync(await saved.PathAsync(), TestContext.Current.CancellationToken));
}
