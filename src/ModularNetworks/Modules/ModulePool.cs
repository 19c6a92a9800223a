using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// M modules f_i(x; θ_i), i = 0 to M - 1, of the same input and output size. A pool may serve several layers or time
/// steps, which then share its parameters.
/// </summary>
/// <remarks>
/// Derive from this class for modules that compute many rows at once, such as <see cref="LinearModules"/>. For modules
/// that are layers of their own there is <see cref="LayerModules"/>.
/// </remarks>
public abstract class ModulePool
{
    /// <summary>M, the number of modules.</summary>
    public abstract int Modules { get; }

    /// <summary>Which modules are related; by default none.</summary>
    public virtual ModuleFamilies Families => ModuleFamilies.None;

    /// <summary>The parameters θ of all modules.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>
    /// The multiply-adds of one module for one row. By default each weight takes part in one, as in fully connected layers;
    /// parameters that have one axis for each module, such as biases, in none.
    /// </summary>
    public virtual long MultiplyAdds => Parameters
        .Where(parameter => parameter.Shape.Rank - (parameter.TouchedRows is null ? 0 : 1) >= 2)
        .Sum(parameter => (long)parameter.Shape.Count) / Modules;

    /// <summary>
    /// Whether rows may read the same input: then <see cref="Forward"/> takes <c>[inputs' rows, inputs]</c>, and row r of the
    /// selection reads row r modulo the number of the input's rows. Candidates for one datapoint then need no copies of it.
    /// </summary>
    public virtual bool SharesInputs => false;

    /// <summary>Runs, for every row, the modules selected for it, and no others.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="input"><c>[rows, inputs]</c>; fewer rows where inputs are shared.</param>
    /// <param name="selection"><c>[rows, K]</c>, numbers of modules; one named twice in a row is run twice.</param>
    /// <returns>The selected modules' outputs, <c>[rows, K, outputs]</c>.</returns>
    public abstract Tensor Forward(Tape tape, Tensor input, IndexTensor selection);
}
