using System.Diagnostics;
using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>Measures how long messages between ranks take. All ranks call the same methods.</summary>
/// <param name="ranks">The ranks; their number is a power of two.</param>
internal sealed class LinkMeter(ICommunicator ranks)
{
    private const int BytesOfRound = 1 << 22;
    private const int MostMessages = 200;
    private const int FewestMessages = 4;

    private static readonly int[] Sizes = [1, 256, 4096, 1 << 16, 1 << 18, 1 << 20, 1 << 22];

    // Of each distance and size, a number a round.
    private readonly Dictionary<(int Distance, int Bytes), List<double>> _seconds = [];

    /// <summary>Measures a round: ranks exchange messages with others that are 1, 2, 4 and so on away, all at the same time, as in the tree of sums.</summary>
    public void Measure()
    {
        for (int distance = 1; distance < ranks.Size; distance *= 2)
        {
            foreach (int size in Sizes)
            {
                if (!_seconds.TryGetValue((distance, size), out var seconds))
                    _seconds.Add((distance, size), seconds = []);
                seconds.Add(Seconds(ranks.Rank ^ distance, size));
            }
        }
    }

    /// <summary>The times of the distance whose largest messages take longest, medians of the rounds; none of one rank.</summary>
    public IReadOnlyList<LinkTime> Slowest() => _seconds
        .GroupBy(entry => entry.Key.Distance, entry => new LinkTime(entry.Key.Bytes, Spread.Percentile(entry.Value, 50)))
        .Select(times => times.ToList())
        .MaxBy(times => times[^1].Seconds) ?? [];

    private double Seconds(int partner, int bytes)
    {
        byte[] sent = new byte[bytes], received = new byte[bytes];
        int count = Math.Clamp(BytesOfRound / bytes, FewestMessages, MostMessages);
        // Not counted: memory and connections are new.
        ranks.Exchange(partner, sent, received);
        ranks.Barrier();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
            ranks.Exchange(partner, sent, received);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / count;
    }
}
