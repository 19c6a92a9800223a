using System.Net;
using System.Net.Sockets;

namespace ModularNetworks.Board.Tests;

public sealed class BoardServerTests : IDisposable
{
    private const string Config = """{"experiment":"toy","method":"em","modules":2,"parallel":1,"seed":1}""";

    private readonly TemporaryFolder _folder = new();

    public BoardServerTests()
    {
        Directory.CreateDirectory(_folder["a"]);
        File.WriteAllText(Path.Join(_folder["a"], "config.json"), Config);
        File.WriteAllText(Metrics, "{\"step\":1}\n{\"step\":2}\n");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Metrics => Path.Join(_folder["a"], "metrics.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GivesARunAndTheHeadersThatProtectThePage()
    {
        await using var board = await BoardServer.StartAsync(_folder.Path, port: 0, "1.2.3");
        using var client = new HttpClient { BaseAddress = board.Address };
        using var answer = await client.GetAsync("/api/run?name=a", Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"metricsTotal\":2", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a/")]
    [InlineData("./a")]
    [InlineData("..\\a")]
    [InlineData("/etc")]
    [InlineData("a\0")]
    [InlineData("%2e%2e/a")]
    [InlineData("")]
    public async Task KnowsOnlyTheNamesOfItsRuns(string name)
    {
        await using var board = await BoardServer.StartAsync(_folder.Path, port: 0, "1.2.3");
        using var client = new HttpClient { BaseAddress = board.Address };
        using var answer = await client.GetAsync($"/api/run?name={Uri.EscapeDataString(name)}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task RefusesForeignHostsAndWriting()
    {
        await using var board = await BoardServer.StartAsync(_folder.Path, port: 0, "1.2.3");
        using var client = new HttpClient { BaseAddress = board.Address };
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/api/runs");
        foreign.Headers.Host = "example.org";
        using var refused = await client.SendAsync(foreign, Stop);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var posted = await client.PostAsync("/api/runs", content: null, Stop);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
    }

    [Fact]
    public async Task TellsMethodsApartByCase()
    {
        await using var board = await BoardServer.StartAsync(_folder.Path, port: 0, "1.2.3");
        using var client = new TcpClient();
        await client.ConnectAsync(board.Address.Host, board.Address.Port, Stop);
        await client.GetStream().WriteAsync("HeAD /api/runs HTTP/1.0\r\nHost: localhost\r\n\r\n"u8.ToArray(), Stop);
        using var answer = new StreamReader(client.GetStream());
        Assert.StartsWith("HTTP/1.1 405 ", await answer.ReadLineAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public void TellsOfAddedLinesAndOfLinesTakenBack()
    {
        var follower = new RunFollower(new RunCatalogue(_folder.Path));
        Assert.Empty(follower.Look());
        File.AppendAllText(Metrics, "{\"step\":3}\n5\n{\"step\":3,\"a\":\"\\ud800\"}\n{\"a\":1,\"a\":2}\n{\"step\":4");
        Assert.Contains("\"lines\":[{\"step\":3}]", Assert.Single(follower.Look()), StringComparison.Ordinal);
        Assert.Empty(follower.Look());
        File.WriteAllText(Metrics, "{\"step\":1}\n");
        Assert.Contains("\"reload\":true", Assert.Single(follower.Look()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAddedLineArrivesAsAnEvent()
    {
        await using var board = await BoardServer.StartAsync(_folder.Path, port: 0, "1.2.3");
        using var client = new HttpClient { BaseAddress = board.Address };
        using var events = new StreamReader(await client.GetStreamAsync("/api/events", Stop));
        // A new run is told of only after the first look, which takes the files as they are.
        Directory.CreateDirectory(_folder["b"]);
        await File.WriteAllTextAsync(Path.Join(_folder["b"], "config.json"), Config, Stop);
        await UntilAsync(events, "\"run\":\"b\"");
        await File.AppendAllTextAsync(Metrics, "{\"step\":3}\n", Stop);
        await UntilAsync(events, "\"lines\":[{\"step\":3}]");
    }

    private static async Task UntilAsync(StreamReader events, string part)
    {
        string? line;
        do
        {
            line = await events.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Stop);
            Assert.NotNull(line);
        }
        while (!line.Contains(part, StringComparison.Ordinal));
    }
}
