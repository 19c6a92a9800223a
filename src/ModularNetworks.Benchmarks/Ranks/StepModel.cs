using System.Numerics;

namespace ModularNetworks.Benchmarks;

/// <summary>
/// How long a step takes on R ranks, each with as many datapoints as one rank alone has, from what is measured with few:
/// <code>time(R) = slowest of R ranks + tree(bytes(R)) + agreements(R) + (R - 1) kept
/// tree(n) = 2 log2 R latency + 2 n (R - 1)/R / bandwidth + n (R - 1)/R / adding
/// agreements(R) = for each gather of g bytes a rank: log2 R latency + (R - 1) g / bandwidth
/// bytes(R) = dense + table (1 - (1 - share)^R)</code>
/// </summary>
/// <remarks>
/// What it takes for granted: each rank's step takes one of the times that a rank alone was measured with, at random, so that no rank is slower than the
/// slowest that was measured; all links are as the one that was measured, at all distances and while all ranks send; each rank touches a row of
/// a table with the same probability; nothing is sent beside computation.
/// </remarks>
public sealed record StepModel
{
    /// <summary>Times of steps of a rank that has no other, with its blocks' gradients added up and the optimiser, in seconds.</summary>
    public required IReadOnlyList<double> RankSeconds { get; init; }

    /// <summary>What connects the ranks.</summary>
    public required Link Link { get; init; }

    /// <summary>The bytes of gradients that are always added up over the ranks.</summary>
    public double DenseBytes { get; init; }

    /// <summary>The bytes of a table's gradient, of which only those rows are added up that some rank touched.</summary>
    public double TableBytes { get; init; }

    /// <summary>The share of the table's rows that one rank touches, from 0 to 1.</summary>
    public double TableShare { get; init; }

    /// <summary>The bytes to which a rank adds as many in a second.</summary>
    public double AddedBytesPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>What each rank tells all others in a step, one after the other, in bytes.</summary>
    public IReadOnlyList<double> Gathers { get; init; } = [];

    /// <summary>The time in which a rank keeps what one other told it, in seconds.</summary>
    public double KeepingSeconds { get; init; }

    /// <summary>Forecasts a step.</summary>
    /// <param name="ranks">R, a power of two.</param>
    public StepForecast Of(int ranks)
    {
        double rounds = BitOperations.Log2((uint)ranks), others = ranks - 1, mean = RankSeconds.Average();
        double agreements = Gathers.Sum(bytes => (rounds * Link.LatencySeconds) + (others * bytes / Link.BytesPerSecond));
        return new StepForecast(
            ranks,
            mean,
            Slowest(RankSeconds, ranks) - mean,
            TreeSeconds(ranks) + agreements + (others * KeepingSeconds));
    }

    /// <summary>The bytes of the gradients of some ranks together.</summary>
    /// <param name="ranks">R.</param>
    public double GradientBytes(int ranks) => DenseBytes + (TableBytes * (1 - Math.Pow(1 - TableShare, ranks)));

    /// <summary>The expected time of the slowest of some ranks, each of which takes one of the times that were measured.</summary>
    /// <param name="seconds">The times.</param>
    /// <param name="ranks">R.</param>
    internal static double Slowest(IReadOnlyCollection<double> seconds, int ranks)
    {
        double[] sorted = [.. seconds.Order()];
        double expected = 0;
        for (int i = 0; i < sorted.Length; i++)
            expected += sorted[i] * (NoneAbove(i + 1) - NoneAbove(i));
        return expected;

        double NoneAbove(int count) => Math.Pow((double)count / sorted.Length, ranks);
    }

    private double TreeSeconds(int ranks)
    {
        double bytes = GradientBytes(ranks) * (ranks - 1) / ranks;
        return bytes == 0
            ? 0
            : (2 * BitOperations.Log2((uint)ranks) * Link.LatencySeconds) + (2 * bytes / Link.BytesPerSecond) + (bytes / AddedBytesPerSecond);
    }
}

/// <summary>A step on some ranks, in seconds.</summary>
/// <param name="Ranks">R.</param>
/// <param name="Computing">What a rank computes.</param>
/// <param name="Waiting">How much longer the slowest of the ranks takes than a rank takes on average.</param>
/// <param name="Communicating">What sending, receiving and adding up take when all ranks are there.</param>
public sealed record StepForecast(int Ranks, double Computing, double Waiting, double Communicating)
{
    /// <summary>The whole step.</summary>
    public double Seconds => Computing + Waiting + Communicating;
}
