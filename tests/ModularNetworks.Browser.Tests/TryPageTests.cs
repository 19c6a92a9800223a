using Microsoft.Playwright;
using ModularNetworks.Data.Tests;
using ModularNetworks.Serving;
using ModularNetworks.Serving.Tests;

namespace ModularNetworks.Browser.Tests;

public sealed class TryPageTests(Chromium chromium) : IAsyncLifetime
{
    private const string Key = "0123456789abcdef";

    private readonly TemporaryFolder _folder = new();
    private ModelServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        SmallModels.Table(_folder["table"]);
        SmallModels.Text(_folder["text"]);
        SmallModels.Images(_folder["images"]);
        var numbers = new ModularClassifier(inputs: 2, classes: 2, modules: 2, seed: 1, hidden: 4);
        numbers.Fit([[0, 0], [1, 1], [2, 0], [3, 1]], [0, 1, 0, 1], new FitOptions { Epochs = 2 });
        numbers.Save(_folder["numbers"]);
        const string Text = "stone bird, stone bird, bird stone";
        var letters = new ModularLanguageModel(CharacterVocabulary.Of(Text), modules: 2, seed: 1, embedding: 4, hidden: 6, window: 8);
        letters.Fit(Text, new FitOptions { Steps = 2 });
        letters.Save(_folder["letters"]);
        _server = await StartAsync(apiKey: null);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_row_is_filled_in_and_the_module_that_decided_lights_up(ColorScheme colors)
    {
        await using var opened = await OpenAsync(_server, colors);
        await opened.Page.GetByLabel("n", new() { Exact = true }).FillAsync("3");
        await opened.Page.GetByLabel("word").SelectOptionAsync("b");
        await opened.Page.GetByLabel("ok").SelectOptionAsync("yes");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Predict" }).ClickAsync();
        await SaysAsync(opened, "Answered.");
        Assert.Contains(await opened.Page.Locator("#answer").InnerTextAsync(), (string[])["even", "odd"]);
        Assert.Equal(2, await opened.Page.Locator("#table tr").CountAsync());
        Assert.Equal(3, await opened.Page.Locator(".layer li").CountAsync());
        string lit = await opened.Page.Locator(".layer li.lit").InnerTextAsync();
        Assert.StartsWith($"hidden: {lit} of 3", await opened.Page.Locator(".layer span").InnerTextAsync(), StringComparison.Ordinal);
        await AssertCleanAsync(opened);
    }

    [Fact]
    public async Task A_picture_is_answered_when_it_is_picked()
    {
        await using var opened = await OpenAsync(_server);
        await opened.Page.GetByLabel("Model").SelectOptionAsync("images");
        await opened.Page.GetByLabel("Picture").SetInputFilesAsync(new FilePayload { Name = "new.png", MimeType = "image/png", Buffer = SmallPng.OfColour(20, 10, 255) });
        await SaysAsync(opened, "Answered.");
        Assert.Contains(await opened.Page.Locator("#answer").InnerTextAsync(), (string[])["dark", "light"]);
        Assert.True(await opened.Page.Locator("#fields img").EvaluateAsync<bool>("picture => picture.naturalWidth === 10"));
        Assert.Equal(3, await opened.Page.Locator(".layer").CountAsync());
        await AssertCleanAsync(opened);
    }

    [Fact]
    public async Task Numbers_for_an_estimator_are_those_of_the_training_until_others_are_typed()
    {
        await using var opened = await OpenAsync(_server);
        await opened.Page.GetByLabel("Model").SelectOptionAsync("numbers");
        var numbers = opened.Page.GetByLabel("Numbers, with commas between them");
        await Assertions.Expect(numbers).ToHaveValueAsync("1.5, 0.5");
        await numbers.FillAsync("3 1");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Predict" }).ClickAsync();
        await SaysAsync(opened, "Answered.");
        Assert.Contains(await opened.Page.Locator("#answer").InnerTextAsync(), (string[])["0", "1"]);
        Assert.Equal(1, await opened.Page.Locator(".layer li.lit").CountAsync());
        await AssertCleanAsync(opened);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("letters")]
    public async Task A_text_goes_on_and_is_stopped(string model)
    {
        await using var opened = await OpenAsync(_server);
        await opened.Page.GetByLabel("Model").SelectOptionAsync(model);
        var text = opened.Page.GetByLabel("Text", new() { Exact = true });
        await text.FillAsync("stone b");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "What comes next?" }).ClickAsync();
        await SaysAsync(opened, "Answered.");
        Assert.Equal(5, await opened.Page.Locator("#table tr").CountAsync());
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Go on with the text" }).ClickAsync();
        await Assertions.Expect(text).Not.ToHaveValueAsync("stone b");
        await Assertions.Expect(opened.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" })).ToBeHiddenAsync();
        Assert.StartsWith("stone b", await text.InputValueAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await opened.Page.Locator(".layer li.lit").CountAsync());
        await AssertCleanAsync(opened);
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_in_its_words()
    {
        await using var opened = await OpenAsync(_server);
        await opened.Page.GetByLabel("Model").SelectOptionAsync("text");
        await opened.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("Q");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "What comes next?" }).ClickAsync();
        await Assertions.Expect(opened.Page.Locator("#status")).ToContainTextAsync("text 1: 'Q' is not among the ");
        await Assertions.Expect(opened.Page.Locator("#result")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_key_is_asked_for_where_one_is_needed()
    {
        await using var keyed = await StartAsync(Key);
        await using var opened = await chromium.OpenAsync(keyed.Addresses[0]);
        await Assertions.Expect(opened.Page.Locator("#form")).ToBeHiddenAsync();
        await opened.Page.GetByLabel("API key").FillAsync(Key);
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Use it" }).ClickAsync();
        await SaysAsync(opened, "Ready.");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Predict" }).ClickAsync();
        await SaysAsync(opened, "Answered.");
    }

    [Fact]
    public async Task The_page_fits_a_narrow_window_and_is_used_by_keys_alone()
    {
        await using var opened = await chromium.OpenAsync(_server.Addresses[0], width: 340);
        await SaysAsync(opened, "Ready.");
        Assert.True(await opened.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 340"));
        await opened.Page.GetByLabel("n", new() { Exact = true }).FocusAsync();
        await opened.Page.Keyboard.PressAsync("Enter");
        await SaysAsync(opened, "Answered.");
        Assert.True(await opened.Page.EvaluateAsync<bool>("[...document.querySelectorAll('input, select, textarea')].every(field => field.labels.length === 1)"));
    }

    private Task<ModelServer> StartAsync(string? apiKey) => ModelServer.StartAsync(
        new ModelServerOptions { Urls = ["http://127.0.0.1:0"], ApiKey = apiKey },
        options =>
        {
            foreach (string name in (string[])["table", "text", "images", "numbers", "letters"])
                options.Add(name, _folder[name]);
        });

    private async Task<OpenedPage> OpenAsync(ModelServer server, ColorScheme colors = ColorScheme.Light)
    {
        var opened = await chromium.OpenAsync(server.Addresses[0], colors: colors);
        await SaysAsync(opened, "Ready.");
        return opened;
    }

    private static Task SaysAsync(OpenedPage opened, string status) => Assertions.Expect(opened.Page.Locator("#status")).ToHaveTextAsync(status);

    private async Task AssertCleanAsync(OpenedPage opened)
    {
        Assert.Empty(opened.Problems);
        string own = _server.Addresses[0].AbsoluteUri;
        Assert.All(opened.Requests, request => Assert.True(request.StartsWith(own, StringComparison.Ordinal) || request.StartsWith($"blob:{own}", StringComparison.Ordinal) || request == "data:,", request));
        await Assertions.Expect(opened.Page.Locator("#status")).Not.ToHaveClassAsync("wrong");
    }
}
