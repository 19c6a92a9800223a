using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>One sequence that a <see cref="ModularGru"/> reads input by input.</summary>
/// <param name="unit">The unit.</param>
internal abstract class GruReading(ModularGru unit)
{
    /// <summary>The unit that reads.</summary>
    protected ModularGru Unit { get; } = unit;

    /// <summary>h_t, <c>[1, hidden]</c>.</summary>
    public Tensor State { get; } = Tensor.Allocate(new Shape(1, unit.Hidden));

    /// <summary>a_t, <c>[1, K]</c>.</summary>
    public IndexTensor Modules { get; } = IndexTensor.From(new Shape(1, unit.Picks), [.. Enumerable.Range(0, unit.Picks)]);

    /// <summary>Reads one input, and moves on to the next state.</summary>
    /// <param name="input">x_t, <c>[inputs]</c>.</param>
    /// <param name="inputKey">The token that it shows; any number if the controller has no table.</param>
    public abstract void Read(ReadOnlySpan<float> input, int inputKey);
}
