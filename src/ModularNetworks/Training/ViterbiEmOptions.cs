namespace ModularNetworks;

/// <summary>How generalized Viterbi EM is run. The defaults are the paper's (appendix C).</summary>
public sealed record ViterbiEmOptions
{
    /// <summary>The number of datapoints in a mini-batch; all datapoints if there are fewer.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Which compositions an E-step tries beside the stored ones.</summary>
    public EStepCandidates Candidates { get; init; } = EStepCandidates.Sampled;

    /// <summary>S, the number of compositions sampled for each datapoint in an E-step; exhaustive and greedy have no use for it.</summary>
    public int Samples { get; init; } = 10;

    /// <summary>k, the number of M-steps between two E-steps; 0 for no E-step at all, so that a* stays as it began.</summary>
    public int MStepsPerEStep { get; init; } = 15;

    /// <summary>The number of E-steps that come with some M-steps: one before the first of every k.</summary>
    /// <param name="steps">The number of M-steps.</param>
    public long ESteps(long steps) => MStepsPerEStep > 0 ? (steps + MStepsPerEStep - 1) / MStepsPerEStep : 0;

    /// <summary>
    /// Whether the k M-steps after an E-step use its mini-batch again, instead of mini-batches of their own (Algorithm 1).
    /// </summary>
    public bool SharedBatches { get; init; }

    /// <summary>
    /// Whether the gradient of log p(a|x, φ) changes the controllers alone: it stops at the inputs and states that they read,
    /// and the modules that make these learn from log p(y|x, a, θ) only.
    /// </summary>
    public bool DetachedControllers { get; init; }

    /// <summary>
    /// The number of M-steps after which the controllers stay as they are, to the last bit, and the other parameters alone go on learning
    /// (<see cref="ModularNetwork{TBatch}.ControllerParameters"/>); null for never.
    /// </summary>
    public long? FreezeControllersAfter { get; init; }

    /// <summary>
    /// How a* is stored by key instead of by datapoint, which needs an <see cref="IKeyedNetwork{TBatch}"/>; null for by datapoint.
    /// E-steps then try all selections, and have no use for candidates and samples.
    /// </summary>
    public KeyedEmOptions? Keyed { get; init; }
}
