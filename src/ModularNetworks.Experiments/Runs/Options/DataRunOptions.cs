namespace ModularNetworks.Experiments;

/// <summary>Options of a run on data that are read from files.</summary>
public abstract record DataRunOptions : RunOptions
{
    /// <summary>The folder, archive or file with the data.</summary>
    public string Data { get; init; } = "";

    /// <summary>
    /// Whether modules come in as many families as are used at once (<see cref="ModuleFamilies"/>), by EM and REINFORCE, and where modules are assigned.
    /// </summary>
    public bool Families { get; init; }

    /// <summary>Which modules are related.</summary>
    internal ModuleFamilies RelatedModules => Families ? FamiliesOfPicks : ModuleFamilies.None;
}
