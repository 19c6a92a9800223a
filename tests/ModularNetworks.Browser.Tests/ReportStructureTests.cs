using Microsoft.Playwright;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Browser.Tests;

public sealed class ReportStructureTests(Chromium chromium, SampleReport report)
{
    [Fact]
    public async Task The_first_screen_says_which_run_is_best_whether_modules_came_apart_and_what_to_doubt()
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        var answers = opened.Page.Locator(".answer-card");
        Assert.Equal(["Which run is best?", "Did the modules come apart?", "Can I trust it?"], await answers.Locator("h3").AllInnerTextsAsync());
        foreach (var answer in await answers.AllAsync())
            Assert.InRange((await answer.BoundingBoxAsync())!.Y, 0, 300);
        Assert.Contains("toy: toy-two with test loss 0.0139; there is no baseline beside it", await answers.Nth(0).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("ptb: words-old with test perplexity 80", await answers.Nth(0).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Yes in", await answers.Nth(1).InnerTextAsync(), StringComparison.Ordinal);
        var line = opened.Page.Locator("[data-table='overview'] tbody tr", new() { HasText = "toy-one-line" });
        Assert.Contains("stopped at step 250 of 5,000", await line.InnerTextAsync(), StringComparison.Ordinal);
        // A single measurement has no course.
        Assert.Equal(0, await line.Locator("svg.sparkline").CountAsync());
        Assert.Equal(1, await opened.Page.Locator("[data-table='overview'] tbody tr", new() { HasText = "toy-two" }).Locator("svg.sparkline circle").CountAsync());
    }

    [Fact]
    public async Task That_modules_did_not_come_apart_is_something_to_doubt()
    {
        using var folder = new TemporaryFolder();
        var run = new RunWriter(folder["a"], new ToyOptions());
        run.Metrics(Controllers.Each(2, i => new { step = i, test = new { loss = 1.0 / (i + 1) }, layers = new[] { Controllers.Measures("layer", 2, sure: 0) } }));
        run.Summary(new { steps = 1 });
        RunData[] runs = [RunData.Read(folder["a"], "a", RunDetail.Full)];
        await File.WriteAllTextAsync(folder["report.html"], ReportPage.Make("1.2.3", new DateOnly(2026, 1, 2), runs, [], [], out _), TestContext.Current.CancellationToken);
        await using var opened = await chromium.OpenAsync(new(folder["report.html"]));
        var cells = opened.Page.Locator("[data-table='overview'] tbody td");
        Assert.StartsWith("no", await cells.Filter(new() { HasText = "choices undecided" }).First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("the modules did not come apart: choices undecided, use even", await cells.Last.InnerTextAsync());
    }

    [Fact]
    public async Task An_address_opens_what_it_names_and_the_contents_follow_the_reader()
    {
        await using var opened = await chromium.OpenAsync(new($"{report.Address}#module-words-gru-3"));
        await Assertions.Expect(opened.Page.Locator("#module-words-gru-3")).ToBeInViewportAsync();
        Assert.Equal(1, await opened.Page.Locator(".view:visible").CountAsync());
        var current = opened.Page.Locator(".contents [aria-current='location']");
        await Assertions.Expect(current).ToHaveTextAsync("words");
        await opened.ShowAsync("run-images");
        await Assertions.Expect(current).ToHaveTextAsync("images");
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Training", Exact = true }).PressAsync("Enter");
        await Assertions.Expect(opened.Page.Locator(".contents [aria-current='page']")).ToHaveTextAsync("Training");
        Assert.True(await opened.Page.Locator("#training").IsVisibleAsync());
        await opened.Page.GoBackAsync();
        await Assertions.Expect(opened.Page.Locator("#modules")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_chosen_is_there_again_when_the_page_is_opened_again()
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        await opened.Page.Locator("[data-table='overview'] th").First.GetByRole(AriaRole.Button, new() { Name = "run", Exact = true }).ClickAsync();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Colours" }).ClickAsync();
        await opened.ShowAsync("paths");
        await opened.Page.GotoAsync("about:blank");
        await opened.Page.GotoAsync(report.Address.AbsoluteUri);
        Assert.True(await opened.Page.Locator("#paths").IsVisibleAsync());
        Assert.Equal("Colours: light", await opened.Page.Locator(".theme").InnerTextAsync());
        Assert.Equal("ascending", await opened.Page.Locator("[data-table='overview'] th").First.GetAttributeAsync("aria-sort"));
    }

    [Fact]
    public async Task A_term_explains_itself_to_pointer_keyboard_and_finger()
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        var bubble = opened.Page.Locator(".bubble");
        var term = opened.Page.Locator("[data-table='overview'] [data-term='came-apart']").First;
        await term.HoverAsync();
        await Assertions.Expect(bubble).ToContainTextAsync("different work for different inputs");
        await opened.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(bubble).ToHaveCountAsync(0);
        await opened.Page.Mouse.MoveAsync(0, 0);
        await term.FocusAsync();
        await Assertions.Expect(bubble).ToBeVisibleAsync();
        await opened.Page.Keyboard.PressAsync("Tab");
        await opened.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(opened.Page.Locator("#term-came-apart")).ToBeInViewportAsync();
        await opened.ShowAsync("overview");
        await term.DispatchEventAsync("click");
        await Assertions.Expect(bubble).ToBeVisibleAsync();
        Assert.Equal("true", await term.GetAttributeAsync("aria-expanded"));
        Assert.Empty(opened.Problems);
    }

    [Fact]
    public async Task Of_a_module_a_sentence_says_what_it_does_since_when_and_what_happens_without_it()
    {
        await using var opened = await chromium.OpenAsync(report.Address);
        string toy = await opened.Page.Locator("#module-toy-layer-0").TextContentAsync() ?? "";
        Assert.Contains("Computes y = [[0.80, −0.60], [0.60, 0.80]] x + (0, 0), which is the true map R (rotation). Picked for 98 % of R (rotation)", toy, StringComparison.Ordinal);
        Assert.Contains("test loss 0.8500 instead of 0.0010 (0.8490 worse)", toy, StringComparison.Ordinal);
        string words = await opened.Page.Locator("#module-words-gru-2").TextContentAsync() ?? "";
        Assert.Contains("Reads “said”, and what follows “the”.", words, StringComparison.Ordinal);
        Assert.Contains("After it: module", words + await opened.Page.Locator("#module-images-convolution1-0").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await opened.Page.GetByText("Layer layer").CountAsync());
    }

    [Fact]
    public async Task Names_of_runs_are_without_the_folders_that_all_share()
    {
        using var folder = new TemporaryFolder();
        ToyRun.Write(folder["a"], measurements: 2);
        RunData[] runs = [RunData.Read(folder["a"], "../runs/m/a", RunDetail.Full), RunData.Read(folder["a"], "../runs/m/b", RunDetail.Full)];
        await File.WriteAllTextAsync(folder["report.html"], ReportPage.Make("1.2.3", new DateOnly(2026, 1, 2), runs, [], [], out _), TestContext.Current.CancellationToken);
        await using var opened = await chromium.OpenAsync(new(folder["report.html"]));
        Assert.Equal(["a", "b"], await opened.Page.Locator("[data-table='overview'] tbody td:first-child a").AllInnerTextsAsync());
        Assert.DoesNotContain("../runs", await opened.Page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_phone_a_row_of_a_table_is_a_card_and_the_contents_are_a_list_to_choose_from()
    {
        await using var opened = await chromium.OpenAsync(report.Address, width: 400);
        await Assertions.Expect(opened.Page.Locator("[data-table='overview'] .fit")).ToHaveClassAsync("fit stacked");
        Assert.Equal("result", await opened.Page.Locator("[data-table='overview'] tbody tr").First.Locator("td").Nth(2).GetAttributeAsync("data-title"));
        await opened.Page.GetByLabel("Go to").SelectOptionAsync("run-images");
        await Assertions.Expect(opened.Page.Locator("#run-images")).ToBeInViewportAsync();
    }
}
