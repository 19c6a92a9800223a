namespace ModularNetworks.Bench;

/// <summary>What a comparison measured.</summary>
/// <param name="Cases">The times.</param>
/// <param name="OwnResidentBytes">Memory of this process after the steps.</param>
/// <param name="PeerResidentBytes">Memory of the peer's process after the steps; null without a peer.</param>
/// <param name="ForeignCores">How many cores other programs kept busy meanwhile; null where it cannot be known.</param>
internal sealed record ComparisonResult(
    IReadOnlyList<CaseResult> Cases, long OwnResidentBytes, long? PeerResidentBytes, double? ForeignCores);

/// <summary>The times of one case, in milliseconds a step.</summary>
/// <param name="Case">What was timed.</param>
/// <param name="Own">This library.</param>
/// <param name="Peer">The other one; null without a peer.</param>
/// <param name="Ratio">Peer over own within a round: how many times as fast this library is; null without a peer.</param>
internal sealed record CaseResult(StepCase Case, Spread Own, Spread? Peer, Spread? Ratio);
