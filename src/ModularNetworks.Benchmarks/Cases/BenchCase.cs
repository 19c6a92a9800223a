namespace ModularNetworks.Benchmarks;

/// <summary>One line of a benchmark: something that is done again and again, here and by the peer.</summary>
/// <param name="Topic">What it belongs to.</param>
/// <param name="Name">Such as <c>M-step 5/1</c>; unique in its topic.</param>
/// <param name="Steps">How many times each side does it in a round.</param>
/// <param name="Prepare">Makes models and data, and returns what is timed.</param>
public sealed record BenchCase(BenchTopic Topic, string Name, int Steps, Func<BenchSetup, Action> Prepare)
{
    /// <summary>What the peer is asked to time, see <c>serve.py</c>; null if it has nothing like it.</summary>
    public string? PeerRequest { get; init; }

    /// <summary>The arithmetic and the memory traffic that no implementation can do without; null if that says nothing.</summary>
    public Work? Work { get; init; }

    /// <summary>Whether one thread does it all, whatever the benchmark's number of threads is.</summary>
    public bool IsSingleThreaded { get; init; }

    /// <summary>The name of another case of the topic, done in the same turn, whose time this one's is divided by.</summary>
    public string? Beside { get; init; }

    /// <summary>The percentile of a round's times that stands for the round, in [0, 100]; 50 is the median.</summary>
    public double Percentile { get; init; } = 50;
}
