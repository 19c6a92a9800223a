namespace ModularNetworks.Experiments;

/// <summary>Options of noisy top-k gating.</summary>
public sealed record TopKSettings : OptionGroup
{
    /// <summary>k, the number of modules that are mixed; at most M.</summary>
    public int MixedModules { get; init; } = 4;

    /// <summary>The shares of the modules.</summary>
    public MixtureShares MixtureShares { get; init; }

    /// <summary>The weight of the importance loss; 0 for none.</summary>
    public double ImportanceLoss { get; init; }

    /// <summary>The weight of the load loss; 0 for none.</summary>
    public double LoadLoss { get; init; }

    /// <summary>Demands what recurrent layers can do.</summary>
    /// <exception cref="RunException">Shares are those of all modules.</exception>
    internal void RequireSharesOfMixed() =>
        Require(MixtureShares == MixtureShares.OfMixed, "mixtureShares", "ofAll", "ofMixed in a recurrent layer");

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeastOne("mixedModules", MixedModules);
        RequireAtLeastZero("importanceLoss", ImportanceLoss);
        RequireAtLeastZero("loadLoss", LoadLoss);
    }
}
