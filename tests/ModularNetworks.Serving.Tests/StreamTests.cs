using System.Net.Http.Headers;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving.Tests;

public sealed class StreamTests(SmallServer server) : IClassFixture<SmallServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_goes_on_as_the_library_goes_on()
    {
        var model = TextModel.Load(RunFolder.Open(server.Run("text")));
        string expected = string.Concat(model.Continue(model.Encoding.Encode("bi"), temperature: 0.5, RandomKey.FromSeed(7)).Take(30));
        using var answer = await GenerateAsync("""{"prompt":"bi","tokens":30,"temperature":0.5,"seed":7}""", "text/plain");
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Events_have_a_piece_each_and_an_end()
    {
        using var answer = await GenerateAsync("""{"prompt":"bi","tokens":3,"temperature":0}""", "text/event-stream");
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.ToString());
        string[] events = (await answer.Content.ReadAsStringAsync(Stop)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, events.Length);
        Assert.All(events[..3], one => Assert.StartsWith("data: {\"text\":\"", one, StringComparison.Ordinal));
        Assert.Equal("event: done\ndata: {}", events[3]);
    }

    [Fact]
    public async Task A_generation_ends_when_its_client_goes()
    {
        await using var other = await server.StartAsync(new ServingLimits { Tokens = int.MaxValue, Requests = 1 }, apiKey: null);
        using var client = new HttpClient { BaseAddress = other.Addresses[0] };
        using (var request = Request("""{"tokens":2147483647}""", "text/plain"))
        using (var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop))
        {
            // The only place is taken: others are told to come again.
            using var refused = await client.PostAsync(new Uri("models/text/predict", UriKind.Relative), SmallServer.Json("""{"texts":[""]}"""), Stop);
            Assert.Equal(429, (int)refused.StatusCode);
            Assert.Equal("1", refused.Headers.RetryAfter!.ToString());
        }
        using var second = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        int status;
        do
        {
            using var tried = await client.PostAsync(new Uri("models/text/predict", UriKind.Relative), SmallServer.Json("""{"texts":[""]}"""), second.Token);
            status = (int)tried.StatusCode;
        }
        while (status == 429);
        Assert.Equal(200, status);
        Assert.Empty(server.Faults);
    }

    [Theory]
    [InlineData("""{"tokens":0}""", "'tokens' is 0; a whole number from 1 to 10000 is expected.")]
    [InlineData("""{"tokens":1.5}""", "'tokens' is 1.5; ")]
    [InlineData("""{"temperature":-1}""", "'temperature' is -1; 0, or a number from 0.001 to 1000, is expected.")]
    [InlineData("""{"temperature":1e999}""", "'temperature' is 1e999; ")]
    [InlineData("""{"seed":-1}""", "'seed' is -1; ")]
    [InlineData("""{"prompt":7}""", "'prompt' is a number; a text is expected.")]
    [InlineData("""{"prompt":"Q"}""", "'prompt': 'Q' is not among the ")]
    public async Task A_wrong_setting_is_named(string request, string expected) =>
        Assert.StartsWith(expected, await server.RefusalAsync("models/text/generate", SmallServer.Json(request)), StringComparison.Ordinal);

    [Fact]
    public async Task Only_models_of_texts_generate() =>
        Assert.Equal("table takes a table; only models of texts generate.", await server.RefusalAsync("models/table/generate", SmallServer.Json("{}"), 404));

    private static HttpRequestMessage Request(string json, string accept) => new(HttpMethod.Post, new Uri("models/text/generate", UriKind.Relative))
    {
        Content = SmallServer.Json(json),
        Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse(accept) } },
    };

    private async Task<HttpResponseMessage> GenerateAsync(string json, string accept)
    {
        using var request = Request(json, accept);
        return await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }
}
