namespace ModularNetworks.Fuzz;

/// <summary>The outcome of a reader's inputs.</summary>
/// <param name="Reader">The reader's name.</param>
/// <param name="Inputs">How many there were.</param>
/// <param name="Accepted">How many were read.</param>
/// <param name="LargestAllocation">The most memory that one took, in bytes.</param>
/// <param name="Slowest">The most time that one took.</param>
/// <param name="Failures">What must not be.</param>
internal sealed record FuzzResult(
    string Reader, long Inputs, long Accepted, long LargestAllocation, TimeSpan Slowest, IReadOnlyList<FuzzFailure> Failures)
{
    /// <summary>How many were refused with one clear line.</summary>
    public long Refused => Inputs - Accepted - Failures.Count;

    /// <summary>The outcome of these inputs and those of another process.</summary>
    public FuzzResult And(FuzzResult other) => new(
        Reader,
        Inputs + other.Inputs,
        Accepted + other.Accepted,
        Math.Max(LargestAllocation, other.LargestAllocation),
        Slowest > other.Slowest ? Slowest : other.Slowest,
        [.. Failures, .. other.Failures]);
}
