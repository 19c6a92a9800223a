using System.Net;
using System.Net.Sockets;

namespace ModularNetworks.Board.Tests;

public sealed class SlowClientsTests
{
    private const int Clients = 200;
    private const int MostBytesPerClient = 1 << 18;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClientsThatDoNotReadMakeTheBoardKeepLittleForThem()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["a"]);
        await File.WriteAllTextAsync(folder["a/config.json"], """{"experiment":"toy","method":"em","modules":2,"parallel":1,"seed":1}""", Stop);
        string text = new('x', 10_000);
        await File.WriteAllLinesAsync(folder["a/metrics.jsonl"], Enumerable.Range(0, 500).Select(step => $$"""{"step":{{step}},"text":"{{text}}"}"""), Stop);
        await using var board = await BoardServer.StartAsync(folder.Path, port: 0, "1.2.3");
        using var client = new HttpClient { BaseAddress = board.Address };
        string run = await client.GetStringAsync("/api/run?name=a", Stop);
        Assert.True(run.Length > 5_000_000);

        long before = GC.GetTotalMemory(forceFullCollection: true);
        var sockets = new List<Socket>();
        try
        {
            for (int n = 0; n < Clients; n++)
                sockets.Add(await AskAsync(board.Address.Port));
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Clients * (long)MostBytesPerClient);
            Assert.Equal(run, await client.GetStringAsync("/api/run?name=a", Stop));
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    /// <summary>Asks for the run, and reads one byte of the answer.</summary>
    private static async Task<Socket> AskAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, port, Stop);
        await socket.SendAsync("GET /api/run?name=a HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), Stop);
        Assert.Equal(1, await socket.ReceiveAsync(new byte[1], Stop));
        return socket;
    }
}
