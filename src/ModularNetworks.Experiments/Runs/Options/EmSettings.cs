namespace ModularNetworks.Experiments;

/// <summary>Options of generalized Viterbi EM.</summary>
public sealed record EmSettings : OptionGroup
{
    /// <summary>Which compositions an E-step tries beside the stored ones.</summary>
    public EStepCandidates Candidates { get; init; }

    /// <summary>S, the number of compositions sampled for each datapoint in an E-step.</summary>
    public int Samples { get; init; } = 10;

    /// <summary>The key by which compositions are stored: the datapoint, or something that the input shows.</summary>
    public CompositionKeys Key { get; init; }

    /// <summary>The factor by which each E-step by key multiplies the sums of earlier mini-batches.</summary>
    public double KeyForgetting { get; init; } = new KeyedEmOptions().Forgetting;

    /// <summary>How many nats more the sum of other modules must be before a key changes to them.</summary>
    public double KeyEvidence { get; init; }

    /// <summary>Whether a controller's table follows E-steps by key at once (<see cref="KeyedEmOptions.ExchangesLogits"/>).</summary>
    public bool KeyExchange { get; init; }

    /// <summary>Where the stored compositions begin; with the method <c>assigned</c>, where modules stay.</summary>
    public CompositionStarts Start { get; init; }

    /// <summary>
    /// The probability that a controller's table gives to the modules that a token, cluster or task begins with; 0 for a table that begins
    /// at zero.
    /// </summary>
    public double StartProbability { get; init; } = 0.9;

    /// <summary>k, the number of gradient steps between two E-steps; 0 for no E-step.</summary>
    public int MStepsPerEStep { get; init; } = 15;

    /// <summary>Whether the gradient steps after an E-step use its mini-batch again.</summary>
    public bool SharedBatches { get; init; }

    /// <summary>The number of gradient steps by soft EM before EM begins; 0 for EM from the first step.</summary>
    public long SoftUntil { get; init; }

    /// <summary>β in the first step of soft EM.</summary>
    public double SoftFrom { get; init; } = new SoftEmOptions().From;

    /// <summary>β when EM begins.</summary>
    public double SoftTo { get; init; } = new SoftEmOptions().To;

    /// <summary>The number of gradient steps after which controllers stay as they are; 0 for never.</summary>
    public long FreezeControllersAfter { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeastOne("samples", Samples);
        RequireAtLeastZero("mStepsPerEStep", MStepsPerEStep);
        Require(MStepsPerEStep > 0 || !SharedBatches, "sharedBatches", SharedBatches, "false without E-steps");
        Require(
            Key == CompositionKeys.Datapoint || Candidates == EStepCandidates.Sampled,
            "candidates", Candidates.ToString().ToLowerInvariant(), "sampled with another key than datapoint, since E-steps then try all selections");
        Require(KeyForgetting is >= 0 and <= 1, "keyForgetting", KeyForgetting, "from 0 to 1");
        RequireAtLeastZero("keyEvidence", KeyEvidence);
        Require(!KeyExchange || Key != CompositionKeys.Datapoint, "keyExchange", KeyExchange, "false with key=datapoint");
        RequireAtLeastZero("softUntil", SoftUntil);
        Require(double.IsFinite(SoftFrom) && SoftFrom > 0, "softFrom", SoftFrom, "a number above 0");
        Require(double.IsFinite(SoftTo) && SoftTo > 0, "softTo", SoftTo, "a number above 0");
        Require(SoftUntil == 0 || Key == CompositionKeys.Datapoint, "softUntil", SoftUntil, "0 with another key than datapoint");
        RequireAtLeastZero("freezeControllersAfter", FreezeControllersAfter);
        Require(
            FreezeControllersAfter == 0 || !KeyExchange, "freezeControllersAfter", FreezeControllersAfter, "0 with keyExchange=true, which changes controllers");
        Require(
            FreezeControllersAfter == 0 || FreezeControllersAfter >= SoftUntil,
            "freezeControllersAfter", FreezeControllersAfter, $"at least softUntil={SoftUntil}, since controllers learn by soft EM");
        Require(StartProbability is >= 0 and < 1, "startProbability", StartProbability, "at least 0 and below 1");
    }
}
