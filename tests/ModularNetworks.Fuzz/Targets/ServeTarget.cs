using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using ModularNetworks.Serving;
using ModularNetworks.Serving.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>A request to the server of models, byte by byte as it comes over the network.</summary>
internal sealed class ServeTarget : WebTarget
{
    private static readonly string[] Paths =
    [
        "/", "/models", "/models/table", "/models/table/predict", "/models/text/predict", "/models/text/generate", "/models/none/predict", "/health", "/metrics",
        "/openapi.json", "/models/%2e%2e/predict", "/models//predict", "/models/%ff/predict",
    ];

    private static readonly string[] Headers =
    [
        "Content-Type: application/json", "Content-Type: image/png", "Content-Type: ", "Transfer-Encoding: chunked", "Accept: text/event-stream", "Authorization: Bearer x",
        "Origin: http://evil.example", "Sec-Fetch-Site: cross-site", "Expect: 100-continue", "Content-Length: 3", "Content-Encoding: gzip", "X: \0",
    ];

    private static readonly string[] Bodies =
    [
        """{"rows":[{"n":1,"word":"a","ok":true}]}""", """{"rows":[[1,"a","no"],[null,"b",false]]}""", """{"texts":["stone","b"],"top":2}""",
        """{"prompt":"bi","tokens":4,"temperature":0.5,"seed":9}""", """{"\ud800":1}""", """{"rows":[[1e400,"\u0000",{}]]}""", "[", "",
    ];

    private readonly ModelServer _server;

    public ServeTarget()
    {
        SmallModels.Table(Sandbox["table"]);
        SmallModels.Text(Sandbox["text"]);
        Sandbox.PutAllThatIsThere();
        _server = ModelServer.StartAsync(new ModelServerOptions { Urls = ["http://127.0.0.1:0"] }, Configure).GetAwaiter().GetResult();
    }

    public override string Name => "serve";

    // A body of the largest size, read twice while it grows.
    public override long MostBytes => 8 * Megabyte;

    protected override int Port => _server.Addresses[0].Port;

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. Paths.Select(path => Request("GET", path, "Host: localhost", "")),
        .. Bodies.SelectMany(body => Paths.Where(path => path.EndsWith('e') || path.EndsWith('t')).Select(path => Request("POST", path, "Host: localhost\r\nContent-Type: application/json", body))),
    ];

    public override byte[] Make(Draws draws)
    {
        if (draws.OneIn(2))
            return Mutation.Of(draws, Samples);
        string headers = string.Join("\r\n", draws.From(Gen.Elements(Headers).ArrayOf(), size: 3).Prepend("Host: localhost"));
        string body = string.Concat(draws.From(Gen.Elements(Bodies).ArrayOf(), size: 3));
        return Request(draws.OneOf(["POST", "POST", "GET", "PUT"]), draws.OneOf(Paths), headers, body);
    }

    public override bool Read(byte[] input)
    {
        string answer = Encoding.Latin1.GetString(Ask(input));
        string status = answer.Length >= 12 ? answer[9..12] : "none";
        // 505 is HTTP's own word for a request whose first line names another version.
        return status is "505" || status[0] != '5' ? status == "200" : throw new FuzzFailureException($"the server answers {answer.Split('\r')[0]}");
    }

    protected override void Dispose(bool disposing)
    {
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }

    private static byte[] Request(string method, string path, string headers, string body) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\n{headers}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"));

    private void Configure(ServingOptions options)
    {
        options.Limits = new ServingLimits { Tokens = 50 };
        options.Add("table", Sandbox["table"]);
        options.Add("text", Sandbox["text"]);
    }
}
