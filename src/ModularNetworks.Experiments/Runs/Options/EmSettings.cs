namespace ModularNetworks.Experiments;

/// <summary>Options of generalized Viterbi EM.</summary>
public sealed record EmSettings : OptionGroup
{
    /// <summary>Which compositions an E-step tries beside the stored ones.</summary>
    public EStepCandidates Candidates { get; init; }

    /// <summary>S, the number of compositions sampled for each datapoint in an E-step.</summary>
    public int Samples { get; init; } = 10;

    /// <summary>k, the number of gradient steps between two E-steps.</summary>
    public int MStepsPerEStep { get; init; } = 15;

    /// <summary>Whether the gradient steps after an E-step use its mini-batch again.</summary>
    public bool SharedBatches { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeastOne("samples", Samples);
        RequireAtLeastOne("mStepsPerEStep", MStepsPerEStep);
    }
}
