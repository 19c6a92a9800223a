using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ModularNetworks.Data.Tests;

/// <summary>A server on this machine that answers each request by the next of its replies, however wrong they are.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly ConcurrentQueue<Reply> _replies;
    private readonly ConcurrentBag<TcpClient> _stalled = [];
    private readonly Task _work;

    public LoopbackServer(params Reply[] replies)
    {
        _replies = new ConcurrentQueue<Reply>(replies);
        _listener.Start();
        _work = Task.Run(ServeAsync);
    }

    /// <summary>The requests that came, with their headers.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The address of a file.</summary>
    public Uri this[string name] => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{name}");

    public void Dispose()
    {
        _listener.Stop();
        _work.Wait();
        foreach (var client in _stalled)
            client.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception ended) when (ended is SocketException or InvalidOperationException)
            {
                return;
            }
            await AnswerAsync(client);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        var stream = client.GetStream();
        Requests.Enqueue(await ReadRequestAsync(stream));
        var reply = _replies.TryDequeue(out var next) ? next : Reply.Status("410 Gone");
        try
        {
            await stream.WriteAsync(reply.HeadBytes);
            do
                await stream.WriteAsync(reply.Body);
            while (reply.End == ReplyEnd.Repeat);
        }
        catch (IOException)
        {
            // The client had enough.
        }
        if (reply.End == ReplyEnd.Stall)
            _stalled.Add(client);
        else
            client.Dispose();
    }

    private static async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            lines.Add(line);
        return string.Join('\n', lines);
    }
}
