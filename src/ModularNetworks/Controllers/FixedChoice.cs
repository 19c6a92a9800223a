using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The same K modules for every input: the choice of the non-modular baseline (<see cref="FixedModules{TBatch}"/>).
/// </summary>
/// <param name="picks">K, which is also M.</param>
public sealed class FixedChoice(int picks) : Chooser
{
    /// <inheritdoc/>
    public override int Modules => picks;

    /// <inheritdoc/>
    public override int Picks => picks;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];
}
