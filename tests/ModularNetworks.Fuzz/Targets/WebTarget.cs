using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ModularNetworks.Fuzz;

/// <summary>A server on this machine, which is sent bytes as they come over the network.</summary>
internal abstract class WebTarget : FuzzTarget
{
    private static readonly byte[] LastRequest = [.. "\r\n\r\nGET /none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8];

    // Comes before the answer to those who ask whether they may send their body.
    private static readonly byte[] GoOn = [.. "HTTP/1.1 100 Continue\r\n\r\n"u8];

    /// <summary>The port at which it listens.</summary>
    protected abstract int Port { get; }

    /// <summary>Sends bytes, and reads what comes back until an answer is whole.</summary>
    protected byte[] Ask(byte[] request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 5000 };
        // So that thousands of closed connections leave nothing behind that the next ones wait for.
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Connect(IPAddress.Loopback, Port);
        bool isHead = request.AsSpan().TrimStart("\r\n"u8).StartsWith("HEAD"u8);
        using var answer = new MemoryStream();
        try
        {
            socket.Send(request);
            // Lets a request that is cut short end, or be followed by another one.
            socket.Send(LastRequest);
            var buffer = new byte[1 << 16];
            for (int count = socket.Receive(buffer); count > 0; count = socket.Receive(buffer))
            {
                answer.Write(buffer, 0, count);
                if (answer.GetBuffer().AsSpan(0, (int)answer.Length).SequenceEqual(GoOn))
                    answer.SetLength(0);
                if (IsWhole(answer.GetBuffer().AsSpan(0, (int)answer.Length), isHead))
                    break;
            }
        }
        catch (SocketException)
        {
            // It had enough, and closed the connection.
        }
        return answer.ToArray();
    }

    /// <summary>Whether there is a head, and as much after it as it says; events have no end, and errors nothing that says theirs.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> answer, bool isHead)
    {
        int end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        string head = Encoding.ASCII.GetString(answer[..end]);
        var body = answer[(end + 4)..];
        if (head.Contains("chunked", StringComparison.Ordinal) && !head.Contains("event-stream", StringComparison.Ordinal))
            return body.EndsWith("0\r\n\r\n"u8);
        int length = head.IndexOf("Content-Length: ", StringComparison.Ordinal);
        // An answer to HEAD tells a length that is not sent.
        return length < 0 || (isHead && body.Length == 0) || body.Length >= int.Parse(
            head.AsSpan(length + 16).ToString().Split('\r')[0], CultureInfo.InvariantCulture);
    }
}
