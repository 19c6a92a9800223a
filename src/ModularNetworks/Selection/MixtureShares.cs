namespace ModularNetworks;

/// <summary>The shares that modules have in a mixture.</summary>
public enum MixtureShares
{
    /// <summary>The softmax over the modules that are mixed, so that shares add up to 1 (Shazeer et al. 2017). A single one has share 1.</summary>
    OfMixed,

    /// <summary>
    /// The softmax over all modules, of which the mixture keeps the largest shares (Fedus et al. 2022, "Switch transformers", section 2.1). So
    /// the gate learns from the share of a single one too.
    /// </summary>
    OfAll,
}
