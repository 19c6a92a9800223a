namespace ModularNetworks.Experiments;

/// <summary>Options of training by expected scores.</summary>
public sealed record ExpectedScoreSettings : OptionGroup
{
    /// <summary>The number of gradient steps by EM after which expected scores train on; 0 for EM alone.</summary>
    public long ExpectedAfter { get; init; }

    /// <summary>The number of gradient steps after which EM trains again, so that choices are decided; 0 for expected scores to the end.</summary>
    public long ExpectedUntil { get; init; }

    /// <summary>The composition whose modules learn in a step.</summary>
    public ExpectedComposition ExpectedComposition { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeastZero("expectedAfter", ExpectedAfter);
        Require(
            ExpectedUntil == 0 || ExpectedUntil > ExpectedAfter,
            "expectedUntil", ExpectedUntil, $"0, or above expectedAfter={ExpectedAfter}, so that expected scores are between two phases of EM");
    }
}
