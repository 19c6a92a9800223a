using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ModularNetworks.Serving.Tests;

/// <summary>A server of three small models, for the tests of a class.</summary>
public sealed class SmallServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ModelServer? _server;

    /// <summary>Asks the server.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>The faults of the server.</summary>
    public List<Exception> Faults { get; } = [];

    /// <summary>The folder of a run: <c>table</c>, <c>text</c> or <c>images</c>.</summary>
    public string Run(string name) => _folder[name];

    public async ValueTask InitializeAsync()
    {
        SmallModels.Table(_folder["table"]);
        SmallModels.Text(_folder["text"]);
        SmallModels.Images(_folder["images"]);
        _server = await StartAsync(new ServingLimits(), apiKey: null);
        Client.BaseAddress = _server.Addresses[0];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Starts another server of the same models.</summary>
    internal Task<ModelServer> StartAsync(ServingLimits limits, string? apiKey) => ModelServer.StartAsync(
        new ModelServerOptions { Urls = ["http://127.0.0.1:0"], ApiKey = apiKey, Failed = Faults.Add },
        options =>
        {
            options.Limits = limits;
            foreach (string name in (string[])["table", "text", "images"])
                options.Add(name, _folder[name]);
        });

    /// <summary>A body of JSON.</summary>
    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>A body of bytes.</summary>
    public static ByteArrayContent Bytes(byte[] bytes, string type = "application/octet-stream") =>
        new(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    /// <summary>Sends a request and reads the answer, which has a status.</summary>
    public async Task<JsonNode> PostAsync(string path, HttpContent content, int status = 200)
    {
        using (content)
        {
            using var answer = await Client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
            string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
            return JsonNode.Parse(text)!;
        }
    }

    /// <summary>What is wrong with a request, which is refused with a status.</summary>
    public async Task<string> RefusalAsync(string path, HttpContent content, int status = 400) => (await PostAsync(path, content, status))["detail"]!.GetValue<string>();

    /// <summary>Reads an answer as text.</summary>
    public Task<string> GetAsync(string path) => Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
}
