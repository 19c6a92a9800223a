namespace ModularNetworks;

/// <summary>How an E-step makes the compositions that it tries beside the stored ones.</summary>
public enum EStepCandidates
{
    /// <summary>S samples from the controllers: <see cref="SampledCandidates{TBatch}"/>.</summary>
    Sampled,

    /// <summary>All compositions, where there are few: <see cref="ExhaustiveCandidates{TBatch}"/>.</summary>
    Exhaustive,

    /// <summary>S different samples from the controllers: <see cref="DistinctCandidates{TBatch}"/>.</summary>
    Distinct,

    /// <summary>The best modules time step by time step: <see cref="GreedyCandidates{TBatch}"/>.</summary>
    Greedy,
}
