using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Stands where the non-modular baseline (<see cref="FixedModules{TBatch}"/>) has no controller: the same K modules serve
/// every input.
/// </summary>
/// <param name="picks">K, which is also M.</param>
public sealed class NoController(int picks) : Controller
{
    /// <inheritdoc/>
    public override int Modules => picks;

    /// <inheritdoc/>
    public override int Picks => picks;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <summary>Not available: there is nothing to choose.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override SelectionLogits Logits(Tape tape, Tensor input) => throw new InvalidOperationException(
        "This layer has no controller, so that nothing can choose its modules. Train it with FixedModules, or give it a controller.");
}
