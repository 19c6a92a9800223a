using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// No choice: the rule of a run says which modules are used, always the same as in the non-modular baseline
/// (<see cref="FixedModules{TBatch}"/>), or those that are assigned to the input.
/// </summary>
/// <param name="modules">M.</param>
/// <param name="picks">K.</param>
/// <param name="families">Which modules the assigned choices stay in; by default all.</param>
public sealed class FixedChoice(int modules, int picks, ModuleFamilies families = default) : Chooser
{
    /// <summary>All modules, always: K is M.</summary>
    /// <param name="picks">K.</param>
    public FixedChoice(int picks)
        : this(picks, picks)
    {
    }

    /// <inheritdoc/>
    public override int Modules => modules;

    /// <inheritdoc/>
    public override int Picks => picks;

    /// <inheritdoc/>
    public override ModuleFamilies Families => families;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];
}
