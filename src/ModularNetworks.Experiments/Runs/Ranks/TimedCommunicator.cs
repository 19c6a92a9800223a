using System.Diagnostics;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A communicator that counts the time spent in it.</summary>
/// <param name="inner">Does the work.</param>
internal sealed class TimedCommunicator(ICommunicator inner) : ICommunicator
{
    private readonly Stopwatch _clock = new();

    /// <inheritdoc/>
    public int Rank => inner.Rank;

    /// <inheritdoc/>
    public int Size => inner.Size;

    /// <summary>The time in which this rank has waited for others, or copied numbers to and from them.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <inheritdoc/>
    public void Barrier()
    {
        _clock.Start();
        inner.Barrier();
        _clock.Stop();
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes, int root)
    {
        _clock.Start();
        inner.Broadcast(bytes, root);
        _clock.Stop();
    }

    /// <inheritdoc/>
    public void AllGather(ReadOnlySpan<byte> own, Span<byte> all)
    {
        _clock.Start();
        inner.AllGather(own, all);
        _clock.Stop();
    }

    /// <inheritdoc/>
    public void Exchange(int partner, ReadOnlySpan<byte> sent, Span<byte> received)
    {
        _clock.Start();
        inner.Exchange(partner, sent, received);
        _clock.Stop();
    }

    /// <inheritdoc/>
    public void AllToAll(ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentCounts, Span<byte> received, ReadOnlySpan<int> receivedCounts)
    {
        _clock.Start();
        inner.AllToAll(sent, sentCounts, received, receivedCounts);
        _clock.Stop();
    }

    /// <inheritdoc/>
    public void AllReduce(Span<float> values)
    {
        _clock.Start();
        inner.AllReduce(values);
        _clock.Stop();
    }
}
