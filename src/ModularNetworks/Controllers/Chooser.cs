using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Chooses among the modules of one layer: a <see cref="Controller"/> selects K of them, a <see cref="NoisyGate"/> mixes
/// some, and a <see cref="FixedChoice"/> takes always the same. The <see cref="SelectionRule"/> of a run says which kind it
/// needs.
/// </summary>
public abstract class Chooser
{
    /// <summary>M, the number of modules.</summary>
    public abstract int Modules { get; }

    /// <summary>K, the number of modules selected at once.</summary>
    public abstract int Picks { get; }

    /// <summary>The families that the choices begin with; none by default.</summary>
    public virtual ModuleFamilies Families => ModuleFamilies.None;

    /// <summary>
    /// The part of a controller's logits that is linear in the input, with its table if there is one: what can follow an assignment of
    /// modules, or clusters. Null for a chooser without it.
    /// </summary>
    public virtual LinearController? LinearPart => null;

    /// <summary>The parameters φ.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>
    /// The multiply-adds that choosing costs for one row. By default each weight takes part in one, as in fully connected layers,
    /// and biases in none.
    /// </summary>
    public virtual long MultiplyAdds =>
        Parameters.Where(parameter => parameter.Shape.Rank >= 2).Sum(parameter => (long)parameter.Shape.Count);
}
