namespace ModularNetworks.Benchmarks;

/// <summary>The times of one case, in milliseconds, a number a round.</summary>
/// <param name="Case">The case that was timed.</param>
internal sealed record CaseTimes(BenchCase Case)
{
    /// <summary>The times of this library.</summary>
    public List<double> Own { get; } = [];

    /// <summary>The times of the peer; none if it was not timed, or failed.</summary>
    public List<double> Peer { get; } = [];

    /// <summary>What the peer failed by; null if it did not fail.</summary>
    public string? PeerFailure { get; private set; }

    /// <summary>The times of the machine at its peaks; none if the case counts no work.</summary>
    public List<double> Floor { get; } = [];

    /// <summary>Goes on without the peer, since it failed: times of some rounds only would be those of another spell of the machine.</summary>
    /// <param name="failure">What it failed by.</param>
    public void LosePeer(string failure)
    {
        PeerFailure = failure;
        Peer.Clear();
    }

    /// <summary>Summarises the times and their ratios within each round.</summary>
    /// <param name="others">All cases, among them the one that this one is compared with.</param>
    public CaseReport Summarize(IReadOnlyList<CaseTimes> others)
    {
        var beside = others.FirstOrDefault(other => other.Case.Topic == Case.Topic && other.Case.Name == Case.Beside);
        return new CaseReport(
            Case.Topic,
            Case.Name,
            Spread.Of(Own)!,
            Spread.Of(Peer),
            Ratio(Peer, Own),
            Spread.Of(Floor),
            Ratio(Own, Floor),
            beside?.Case.Name,
            beside is null ? null : Ratio(Own, beside.Own),
            PeerFailure);
    }

    private static Spread? Ratio(IEnumerable<double> dividend, IEnumerable<double> divisor) =>
        Spread.Of([.. dividend.Zip(divisor, (one, other) => one / other)]);
}
