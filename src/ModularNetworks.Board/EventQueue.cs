using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ModularNetworks.Board;

/// <summary>The messages that wait for one page.</summary>
internal sealed class EventQueue
{
    /// <summary>
    /// The most bytes that wait, unless one message alone has more. A page that falls so far behind is dropped; it connects again
    /// and fetches everything anew.
    /// </summary>
    public const int MostBytes = 1 << 22;

    private readonly Channel<byte[]> _messages = Channel.CreateUnbounded<byte[]>();
    private long _waiting;

    /// <summary>The number of bytes that wait, with the message that is being sent.</summary>
    public long WaitingBytes => Interlocked.Read(ref _waiting);

    /// <summary>Adds a message.</summary>
    /// <returns>Whether there was room for it; a message of any size has room alone.</returns>
    public bool TryAdd(byte[] message)
    {
        long before = Interlocked.Add(ref _waiting, message.Length) - message.Length;
        if ((before == 0 || before + message.Length <= MostBytes) && _messages.Writer.TryWrite(message))
            return true;
        Interlocked.Add(ref _waiting, -message.Length);
        return false;
    }

    /// <summary>Takes no more messages, and drops those that wait.</summary>
    public void End()
    {
        _messages.Writer.TryComplete();
        while (_messages.Reader.TryRead(out byte[]? dropped))
            Interlocked.Add(ref _waiting, -dropped.Length);
    }

    /// <summary>The messages, each as soon as it is there, until the queue ends.</summary>
    public async IAsyncEnumerable<byte[]> ReadAllAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (byte[] message in _messages.Reader.ReadAllAsync(stop))
        {
            yield return message;
            Interlocked.Add(ref _waiting, -message.Length);
        }
    }
}
