namespace ModularNetworks;

/// <summary>How a saved network selects its modules.</summary>
internal enum SavedSelection
{
    /// <summary>The most probable ones.</summary>
    Mode,

    /// <summary>A mixture of some.</summary>
    Mixture,

    /// <summary>The same ones always.</summary>
    Fixed,

    /// <summary>A mixture of some, with their shares of all.</summary>
    MixtureOfAll,
}
