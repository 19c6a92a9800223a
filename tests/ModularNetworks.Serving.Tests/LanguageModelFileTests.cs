using System.Text.Json.Nodes;

namespace ModularNetworks.Serving.Tests;

/// <summary>Files of <see cref="ModularLanguageModel"/>: one of characters, one whose tokens are numbers only.</summary>
public sealed class LanguageModelFileTests : IAsyncLifetime
{
    private const string Text = "stone bird, stone bird, bird stone and so on and on. ";

    private static readonly int[] Tokens = [.. Enumerable.Range(0, 60).Select(n => n * n % 7)];

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private ModularLanguageModel _letters = null!;
    private ModularLanguageModel _numbers = null!;
    private ModelServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new FitOptions { Steps = 3 };
        _letters = new ModularLanguageModel(CharacterVocabulary.Of(Text), modules: 3, seed: 1, embedding: 4, hidden: 6, window: 8);
        _letters.Fit(Text, options);
        _letters.Save(_folder["letters.safetensors"]);
        _numbers = new ModularLanguageModel(vocabulary: 7, modules: 2, seed: 1, embedding: 4, hidden: 6, window: 8);
        _numbers.Fit(Tokens, options with { Method = TrainingMethod.Fixed });
        _numbers.Save(_folder["numbers.safetensors"]);
        _server = await ModelServer.StartAsync(new ModelServerOptions { Urls = ["http://127.0.0.1:0"] }, options =>
        {
            options.Add("letters", _folder["letters.safetensors"]);
            options.Add("numbers", _folder["numbers.safetensors"]);
        });
        _client.BaseAddress = _server.Addresses[0];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Characters_are_answered_as_the_library_answers_them()
    {
        var prediction = (await PostAsync("models/letters/predict", """{"texts":["stone b"],"top":3}"""))["predictions"]![0]!;
        int[] tokens = _letters.Characters!.Encode("stone b");
        float[] probabilities = _letters.PredictProbabilities(tokens);
        int[] best = [.. Enumerable.Range(0, probabilities.Length).OrderByDescending(token => probabilities[token]).Take(3)];
        Assert.Equal(best.Select(token => _letters.Characters.Decode([token])), prediction["next"]!.AsArray().Select(next => next!["token"]!.GetValue<string>()));
        Assert.Equal(best.Select(token => probabilities[token]), prediction["next"]!.AsArray().Select(next => next!["probability"]!.GetValue<float>()));
        Assert.Equal(_letters.Explain(tokens).Modules, prediction["modules"]!["gru"]!.AsArray().Select(module => module!.GetValue<int>()));
    }

    [Fact]
    public async Task A_text_goes_on_as_the_library_goes_on()
    {
        Assert.Equal(
            _letters.Generate("bird", count: 40, seed: 7, temperature: 0.5), await TextAsync("models/letters/generate", """{"prompt":"bird","tokens":40,"temperature":0.5,"seed":7}"""));
        Assert.Equal(
            string.Concat(_numbers.Generate([3, 1], count: 9, seed: 2).Select(token => $" {token}")), await TextAsync("models/numbers/generate", """{"prompt":"3 1","tokens":9,"seed":2}"""));
    }

    [Fact]
    public async Task Tokens_without_characters_are_numbers_and_fixed_modules_are_not_told()
    {
        var prediction = (await PostAsync("models/numbers/predict", """{"texts":[" 3\n1 "],"top":1}"""))["predictions"]![0]!;
        float[] probabilities = _numbers.PredictProbabilities([3, 1]);
        Assert.Equal($"{Array.IndexOf(probabilities, probabilities.Max())}", prediction["next"]![0]!["token"]!.GetValue<string>());
        Assert.Equal("{}", prediction["modules"]!.ToJsonString());
    }

    [Theory]
    [InlineData("letters/predict", """{"texts":[""]}""", "text 1 is empty; a character is expected at least.")]
    [InlineData("letters/predict", """{"texts":["so","Q"]}""", "text 2: CharacterVocabulary: character 1 of the text is U+0051")]
    [InlineData("letters/generate", "{}", "'prompt' is empty; a character is expected at least.")]
    [InlineData("numbers/predict", """{"texts":["3 7"]}""", "text 1: '7' is no token; numbers from 0 to 6 are expected, with spaces between them.")]
    [InlineData("numbers/generate", """{"prompt":"-1"}""", "'prompt': '-1' is no token; ")]
    public async Task A_text_that_the_model_cannot_read_is_refused(string operation, string request, string expected) =>
        Assert.StartsWith(expected, (await PostAsync($"models/{operation}", request, 400))["detail"]!.GetValue<string>(), StringComparison.Ordinal);

    [Fact]
    public async Task Descriptions_tell_the_unit_and_that_a_prompt_is_needed()
    {
        var stop = TestContext.Current.CancellationToken;
        var models = JsonNode.Parse(await _client.GetStringAsync(new Uri("models", UriKind.Relative), stop))!["models"]!;
        Assert.Equal("""{"name":"letters","kind":"text","unit":"character","vocabulary":13,"layers":[{"name":"gru","modules":3,"picks":1}]}""", models[0]!.ToJsonString());
        Assert.Equal("""{"name":"numbers","kind":"text","unit":"number","vocabulary":7,"layers":[]}""", models[1]!.ToJsonString());
        var paths = JsonNode.Parse(await _client.GetStringAsync(new Uri("openapi.json", UriKind.Relative), stop))!["paths"]!;
        Assert.Equal("""["prompt"]""", Schema(paths["/models/letters/generate"]!)["required"]!.ToJsonString());
        Assert.Equal(1, Schema(paths["/models/letters/predict"]!)["properties"]!["texts"]!["items"]!["minLength"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_file_of_no_estimator_is_refused()
    {
        await File.WriteAllTextAsync(_folder["other.safetensors"], "no tensors", TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<CheckpointException>(() => ModelServer.StartAsync(
            new ModelServerOptions { Urls = ["http://127.0.0.1:0"] }, options => options.Add("other", _folder["other.safetensors"])));
        Assert.EndsWith("Give a file that Save of a ModularClassifier, ModularRegressor or ModularLanguageModel wrote.", refused.Message, StringComparison.Ordinal);
    }

    private static JsonNode Schema(JsonNode path) => path["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;

    private async Task<JsonNode> PostAsync(string path, string json, int status = 200) => JsonNode.Parse(await TextAsync(path, json, status))!;

    private async Task<string> TextAsync(string path, string json, int status = 200)
    {
        using var content = SmallServer.Json(json);
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        return text;
    }
}
