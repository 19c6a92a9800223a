using System.Text;
using FsCheck.Fluent;
using ModularNetworks.Board;

namespace ModularNetworks.Fuzz;

/// <summary>A request to the board, byte by byte as it comes over the network.</summary>
internal sealed class BoardTarget : WebTarget
{
    private const string Folder = "board";
    private const string Secret = "kept-from-the-board";

    private static readonly string[] Paths = ["/", "/page.js", "/page.css", "/api/runs", "/api/run", "/api/events", "/config.json", "/secret/config.json"];

    private static readonly string[] Steps =
    [
        "a", "b", "..", ".", "../secret", "%2e%2e", "%2e%2e%2fsecret", "..%5csecret", "secret", "config.json", "%00", "%", "%zz", "%c0%af", "~", "?", "#", "name=",
        "a%2F", "\u00EF", "%F0%9F%98%80", "//", "\\", ";", "&name=a",
    ];

    private static readonly string[] Headers =
    [
        "Host: localhost", "Host: 127.0.0.1:6007", "Host: [::1]", "Host: evil.example", "Host: ", "Host: localhost\r\nHost: a", "Content-Length: 5", "Content-Length: -1",
        "Content-Length: 99999999999", "Transfer-Encoding: chunked", "Expect: 100-continue", "Connection: close", "Connection: Upgrade\r\nUpgrade: websocket",
        "Range: bytes=0-10", "Range: bytes=5-1", "Accept-Encoding: gzip", "X: \0", ": empty", " folded", "If-None-Match: *", "Origin: http://evil.example",
    ];

    private readonly BoardServer _server;

    public BoardTarget()
    {
        new ToyRun(Sandbox, $"{Folder}/a").Dispose();
        Sandbox.Put("secret/config.json", Encoding.UTF8.GetBytes($$"""{"experiment":"toy","method":"em","modules":2,"parallel":1,"seed":1,"x":"{{Secret}}"}"""));
        _server = BoardServer.StartAsync(Sandbox[Folder], port: 0, "1.2.3").GetAwaiter().GetResult();
    }

    public override string Name => "board";

    protected override int Port => _server.Address.Port;

    // The page's script, and a request of the largest size.
    public override long MostBytes => 8 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. Paths.Select(path => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")),
        [.. "GET /api/run?name=a HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nConnection: close\r\n\r\n"u8],
        [.. "HEAD /api/runs HTTP/1.0\r\nHost: localhost\r\n\r\n"u8],
        [.. "POST /api/run HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"u8],
        [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8],
    ];

    public override byte[] Make(Draws draws)
    {
        if (draws.OneIn(2))
            return Mutation.Of(draws, Samples);
        string steps = string.Join('/', draws.From(Gen.Elements(Steps).ArrayOf(), size: 6));
        string path = draws.OneOf([$"/{steps}", $"{draws.OneOf(Paths)}{steps}", $"/api/run?name={steps}", $"http://localhost/{steps}", steps]);
        string headers = string.Concat(draws.From(Gen.Elements(Headers).ArrayOf(), size: 4).Prepend("Host: localhost").Select(header => header + "\r\n"));
        if (draws.OneIn(50))
            headers += $"X: {new string('x', draws.Below(100_000))}\r\n";
        return Encoding.UTF8.GetBytes($"{draws.OneOf(["GET", "GET", "GET", "HEAD", "POST", "get", "OPTIONS", ""])} {path} HTTP/1.1\r\n{headers}\r\n");
    }

    public override bool Read(byte[] input)
    {
        string answer = Encoding.Latin1.GetString(Ask(input));
        if (answer.Contains(Secret, StringComparison.Ordinal))
            throw new FuzzFailureException("the answer holds a file from outside of the board's folder");
        string status = answer.Length >= 12 ? answer[9..12] : "none";
        return status != "500" ? status == "200" : throw new FuzzFailureException($"the board answers {answer.Split('\r')[0]}");
    }

    protected override void Dispose(bool disposing)
    {
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }
}
