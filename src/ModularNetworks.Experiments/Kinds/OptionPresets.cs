namespace ModularNetworks.Experiments;

/// <summary>Named options to start from.</summary>
/// <param name="Default">The name of the preset that holds if none is named.</param>
/// <param name="Description">The presets' names with what they are; empty if there is nothing to choose.</param>
/// <param name="Get">Makes the options of a preset; throws a <see cref="RunException"/> if there is none of that name.</param>
public sealed record OptionPresets(string Default, string Description, Func<string, RunOptions> Get)
{
    /// <summary>Whether there is more than one.</summary>
    public bool CanBeChosen => Description.Length > 0;

    /// <summary>Only the options' own defaults.</summary>
    /// <param name="create">Makes the options.</param>
    public static OptionPresets Only(Func<RunOptions> create) => new("", "", _ => create());
}
