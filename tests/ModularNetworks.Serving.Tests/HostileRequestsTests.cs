using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Serving.Tests;

/// <summary>Requests that are damaged at random: each is answered or refused, and none is the server's fault.</summary>
public sealed class HostileRequestsTests(SmallServer server) : IClassFixture<SmallServer>
{
    private const int Requests = 10_000;
    private const int AtOnce = 8;

    private static readonly string[] Paths = ["models/table/predict", "models/text/predict", "models/text/generate", "models/images/predict", "models/none/predict", "models/%00/predict", "x"];

    private static readonly string[] Types = ["application/json", "application/json; charset=latin1", "image/png", "application/octet-stream", "text/plain", "APPLICATION/JSON"];

    private static readonly string[] Bodies =
    [
        """{"rows":[{"n":1,"word":"a","ok":true},[2,"b","no"]]}""", """{"texts":["stone","bird"],"top":3}""", """{"prompt":"st","tokens":5,"temperature":0.7,"seed":3}""",
        """{"images":["iVBORw0KGgo="],"top":2}""", "[[[[[[[[[[[[[[[[[[[[", """{"rows":[[1e38,"\ud800","\u0000"]]}""", """{"tokens":20,"temperature":1000}""",
    ];

    private static readonly string[] Pieces = ["null", "-0", "1e400", "\"\\ud83d\"", "{}", "[]", "\"", "\\", "\0", "rows", "texts", ",", ":", "9999999999999999999999", "true", "é", "\u2028"];

    [Fact]
    public async Task Ten_thousand_malformed_requests_are_no_fault_of_the_server()
    {
        var stop = TestContext.Current.CancellationToken;
        int[] statuses = new int[600];
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (number, token) =>
        {
            using var request = Request(RandomKey.FromSeed(1).Split((ulong)number));
            using var answer = await server.Client.SendAsync(request, token);
            await answer.Content.CopyToAsync(Stream.Null, token);
            Interlocked.Increment(ref statuses[(int)answer.StatusCode]);
        });
        Assert.Empty(server.Faults);
        Assert.Equal(Requests, statuses[200..500].Sum());
        // Some get through, and most of the rules are met.
        foreach (int status in (int[])[200, 400, 404, 415])
            Assert.True(statuses[status] > 0, $"no request was answered with {status}");
        Assert.Contains("\"status\":\"ok\"", await server.GetAsync("health"), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(RandomKey key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Paths[key.Below(0, Paths.Length)], UriKind.Relative)) { Content = new ByteArrayContent(Body(key.Split("body"))) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", Types[Math.Max(0, key.Below(1, Types.Length + 8) - 8)]);
        return request;
    }

    private static byte[] Body(RandomKey key)
    {
        var bytes = new List<byte>(Encoding.UTF8.GetBytes(Bodies[key.Below(0, Bodies.Length)]));
        for (int change = key.Below(1, 4); change > 0; change--)
        {
            var draws = key.Split((ulong)change);
            int place = draws.Below(0, bytes.Count + 1);
            switch (draws.Below(1, 4))
            {
                case 0:
                    bytes.InsertRange(place, Encoding.UTF8.GetBytes(Pieces[draws.Below(2, Pieces.Length)]));
                    break;
                case 1:
                    bytes.RemoveRange(place, Math.Min(draws.Below(3, 10), bytes.Count - place));
                    break;
                case 2 when place < bytes.Count:
                    bytes[place] = (byte)draws.Below(4, 256);
                    break;
                default:
                    bytes.InsertRange(place, bytes.GetRange(0, bytes.Count - place));
                    break;
            }
        }
        return [.. bytes];
    }
}
