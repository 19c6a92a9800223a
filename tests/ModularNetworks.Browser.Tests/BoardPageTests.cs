using Microsoft.Playwright;
using ModularNetworks.Board;
using ModularNetworks.Experiments;

namespace ModularNetworks.Browser.Tests;

public sealed class BoardPageTests(Chromium chromium) : IAsyncLifetime
{
    private const int Measurements = 3;

    private readonly TemporaryFolder _folder = new();
    private RunWriter _run = null!;
    private BoardServer _board = null!;

    public async ValueTask InitializeAsync()
    {
        _run = ToyRun.Write(_folder["a"], Measurements);
        ToyRun.Write(_folder["b"], Measurements, seed: 2);
        _board = await BoardServer.StartAsync(_folder.Path, port: 0, "1.2.3");
    }

    public async ValueTask DisposeAsync()
    {
        await _board.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_board_lists_the_runs_and_draws_their_figures_without_a_problem()
    {
        await using var opened = await OpenAsync();
        Assert.Equal(2, await opened.Page.Locator(".runs li").CountAsync());
        Assert.Contains("a: toy em, 1 of 2 modules at once, finished, step 750 of 5,000", await opened.Page.Locator(".runs").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("controller-b", await opened.DrawAllAsync());
        Assert.Empty(opened.Problems);
        Assert.All(opened.Requests, request => Assert.StartsWith(_board.Address.AbsoluteUri, request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_is_logged_is_a_new_point()
    {
        await using var opened = await OpenAsync();
        await opened.DrawingAsync("toy-test-loss");
        await PointsAsync(opened, Measurements, Measurements);
        _run.Metrics(ToyRun.Line(1000, 0.01));
        await PointsAsync(opened, Measurements, Measurements + 1);
        await Assertions.Expect(opened.Page.Locator(".runs li", new() { HasText = "a: toy" })).ToContainTextAsync("step 1,000");
        Assert.Empty(opened.Problems);
    }

    [Fact]
    public async Task A_run_appears_in_the_list_and_goes_with_its_folder()
    {
        await using var opened = await OpenAsync();
        var listed = opened.Page.Locator(".runs li", new() { HasText = "later/c: toy" });
        Assert.Equal(0, await listed.CountAsync());
        ToyRun.Write(_folder["later/c"], Measurements, seed: 3);
        await Assertions.Expect(listed).ToHaveCountAsync(1);
        Directory.Delete(_folder["later"], recursive: true);
        await Assertions.Expect(listed).ToHaveCountAsync(0);
        Assert.Empty(opened.Problems);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_read_is_one_line_and_the_others_are_shown()
    {
        Directory.CreateDirectory(_folder["bad"]);
        NamedPipe.Make(_folder["bad/config.json"]);
        await using var opened = await OpenAsync();
        var bad = opened.Page.Locator(".runs li", new() { HasText = "bad: " });
        Assert.Contains("is a pipe", await bad.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await bad.Locator("input").CountAsync());
        Assert.Equal(2, await opened.Page.Locator(".runs input:checked").CountAsync());
        Assert.Empty(opened.Problems);
    }

    [Fact]
    public async Task A_run_that_is_unchecked_loses_its_line()
    {
        await using var opened = await OpenAsync();
        await opened.DrawingAsync("toy-test-loss");
        await PointsAsync(opened, Measurements, Measurements);
        await opened.Page.Locator(".runs").GetByLabel("b: toy").UncheckAsync();
        await opened.DrawingAsync("toy-test-loss");
        await PointsAsync(opened, Measurements);
        Assert.Equal(0, await opened.Figure("paths-b").CountAsync());
    }

    [Fact]
    public async Task What_the_reader_chose_stays_when_new_data_come()
    {
        await using var opened = await OpenAsync();
        await opened.DrawingAsync("paths-a");
        var slider = opened.Figure("paths-a").GetByRole(AriaRole.Slider);
        await slider.PressAsync("Home");
        var details = opened.Page.Locator("#run-a details.layer");
        await opened.ShowAsync("run-a");
        await details.Locator("> summary").ClickAsync();
        await opened.ShowAsync("figure-paths-a");
        await slider.FocusAsync();
        _run.Snapshots(ToyRun.Snapshot(1000, 1));
        await Assertions.Expect(slider).ToHaveAttributeAsync("max", $"{Measurements + 1}");
        Assert.Equal("0", await slider.InputValueAsync());
        await Assertions.Expect(slider).ToBeFocusedAsync();
        Assert.Null(await details.GetAttributeAsync("open"));
        await Assertions.Expect(opened.Figure("paths-a").Locator("output")).ToHaveTextAsync("0");
        await slider.PressAsync("End");
        await Assertions.Expect(opened.Figure("paths-a").Locator("output")).ToHaveTextAsync("1,000");
    }

    [Fact]
    public async Task A_slider_stays_below_a_pressed_pointer_when_new_data_come()
    {
        await using var opened = await OpenAsync();
        await using var other = await OpenAsync();
        await opened.DrawingAsync("paths-a");
        await other.DrawingAsync("toy-test-loss");
        var slider = opened.Figure("paths-a").GetByRole(AriaRole.Slider);
        await slider.ScrollIntoViewIfNeededAsync();
        var box = (await slider.BoundingBoxAsync())!;
        var pressed = await slider.ElementHandleAsync();
        await opened.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await opened.Page.Mouse.DownAsync();
        _run.Metrics(ToyRun.Line(1000, 0.01));
        // Another page shows when the news are there.
        await PointsAsync(other, Measurements, Measurements + 1);
        Assert.True(await pressed.EvaluateAsync<bool>("slider => slider.isConnected"));
        await opened.Page.Mouse.UpAsync();
        await Assertions.Expect(opened.Page.Locator(".runs li", new() { HasText = "a: toy" })).ToContainTextAsync("step 1,000");
    }

    [Fact]
    public async Task A_run_that_is_training_is_shown_as_such()
    {
        File.Delete(Path.Join(_run.Folder.FullPath, RunFiles.Summary));
        using (_run.Folder.Lock())
        {
            await using var opened = await OpenAsync();
            await Assertions.Expect(opened.Page.Locator(".runs li.training")).ToContainTextAsync("a: toy em, 1 of 2 modules at once, training");
        }
    }

    [Fact]
    public async Task What_goes_wrong_in_a_training_is_told_at_once_and_once()
    {
        File.Delete(Path.Join(_run.Folder.FullPath, RunFiles.Summary));
        using (_run.Folder.Lock())
        {
            await using var opened = await OpenAsync();
            var alarms = opened.Page.GetByRole(AriaRole.Alert).Locator("p");
            Assert.Equal(0, await alarms.CountAsync());
            _run.Metrics(new { step = 1000, seconds = 1.0, warnings = new[] { "layer has collapsed." } });
            await Assertions.Expect(alarms).ToContainTextAsync("a: step 1,000: layer has collapsed.");
            await Assertions.Expect(opened.Page.Locator(".runs li.training")).ToContainTextAsync("s left");
            _run.Metrics(new { step = 1250, seconds = 1.25 });
            await Assertions.Expect(opened.Page.Locator(".runs li.training")).ToContainTextAsync("step 1,250 of 5,000, 1,000 steps/s, 4 s left");
            Assert.Equal(1, await alarms.CountAsync());
            await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Close: a:" }).ClickAsync();
            Assert.Equal(0, await alarms.CountAsync());
        }
    }

    [Fact]
    public async Task Many_runs_are_in_folders_and_are_found_by_words()
    {
        string[] names = [.. Enumerable.Range(0, 9).Select(i => $"old/{i}")];
        foreach (string name in names)
            _ = new RunWriter(_folder[name], new PennTreebankOptions { Seed = 7 });
        // So that the board shows this one, which changed last.
        _run.Metrics(ToyRun.Line(1000, 0.01));
        await using var opened = await OpenAsync();
        var rows = opened.Page.Locator(".runs li");
        Assert.Equal(["old 9 runs", "this folder 2 runs"], (await opened.Page.Locator(".runs summary").AllInnerTextsAsync()).Order());
        await opened.Page.GetByRole(AriaRole.Searchbox).FillAsync("PTB old/3");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(rows).ToContainTextAsync("old/3: ptb");
        await opened.Page.GetByRole(AriaRole.Searchbox).FillAsync("toys");
        await Assertions.Expect(rows).ToHaveCountAsync(0);
        await Assertions.Expect(opened.Page.Locator(".runs")).ToContainTextAsync("No run has all these words.");
    }

    [Fact]
    public async Task The_page_shows_where_runs_will_stand_until_the_board_answers_and_asks_again()
    {
        await using var opened = await chromium.OpenAsync(new("about:blank"));
        int asked = 0;
        var held = new TaskCompletionSource();
        await opened.Page.RouteAsync("**/api/runs", async route =>
        {
            if (asked++ == 0)
            {
                await held.Task;
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await opened.Page.GotoAsync(_board.Address.AbsoluteUri);
        await Assertions.Expect(opened.Page.Locator(".runs .skeleton").First).ToBeVisibleAsync();
        held.SetResult();
        await Assertions.Expect(opened.Page.Locator(".runs li")).ToHaveCountAsync(2);
        await Assertions.Expect(opened.Page.Locator(".skeleton")).ToHaveCountAsync(0);
    }

    private async Task<OpenedPage> OpenAsync()
    {
        var opened = await chromium.OpenAsync(_board.Address);
        await Assertions.Expect(opened.Page.Locator("p.status")).ToContainTextAsync("Connected");
        await opened.Page.Locator("figure").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return opened;
    }

    /// <summary>Waits until the lines of the loss have numbers of points, in any order.</summary>
    private static Task<IJSHandle> PointsAsync(OpenedPage opened, params int[] points) => opened.Page.WaitForFunctionAsync(
        """
        (expected) => {
          const lines = [...document.querySelectorAll("[data-figure='toy-test-loss'] .drawing g[aria-label='line'] path")];
          const counts = lines.map((line) => line.getAttribute("d").split(/[MLC]/).length - 1);
          return JSON.stringify(counts.sort()) === JSON.stringify(expected);
        }
        """,
        points);
}
