namespace ModularNetworks.Benchmarks;

/// <summary>One line of a benchmark: work that this library and the peer do again and again.</summary>
/// <param name="Topic">The topic of the case.</param>
/// <param name="Name">The name, such as <c>M-step 5/1</c>; unique in its topic.</param>
/// <param name="Steps">The number of times that each side does the work in a round.</param>
/// <param name="Prepare">Makes models and data, and returns the work to time.</param>
public sealed record BenchCase(BenchTopic Topic, string Name, int Steps, Func<BenchSetup, Action> Prepare)
{
    /// <summary>The work that the peer is asked to time, see <c>serve.py</c>; null if it has none like it.</summary>
    public string? PeerRequest { get; init; }

    /// <summary>The arithmetic and the memory traffic that no implementation can do without; null if that is not known.</summary>
    public Work? Work { get; init; }

    /// <summary>Whether one thread does all work, whatever the benchmark's number of threads is.</summary>
    public bool IsSingleThreaded { get; init; }

    /// <summary>The name of another case of the topic, done in the same turn, whose time this one's is divided by.</summary>
    public string? Beside { get; init; }

    /// <summary>The percentile of a round's times that stands for the round, in [0, 100]; 50 is the median.</summary>
    public double Percentile { get; init; } = 50;
}
