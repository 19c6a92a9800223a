namespace ModularNetworks.Engine;

/// <summary>A function with parameters that maps one tensor to another.</summary>
public abstract class Layer : IHasParameters
{
    /// <summary>The parameters that training adjusts, in a fixed order; empty for a layer without parameters.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Applies the layer.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="input"><c>[..., inputs]</c>.</param>
    /// <returns><c>[..., outputs]</c>, until the tape's next reset.</returns>
    public abstract Tensor Forward(Tape tape, Tensor input);
}
