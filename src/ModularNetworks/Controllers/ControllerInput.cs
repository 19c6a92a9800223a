using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The input by which a controller decides.</summary>
/// <param name="Values">The layer's input, rows first.</param>
/// <param name="InputKeys">
/// <c>[rows]</c>, g(x): the number of the token, cluster or task that each row shows; null if there is none.
/// </param>
public readonly record struct ControllerInput(Tensor Values, IndexTensor? InputKeys = null)
{
    /// <summary>An input that shows no token, cluster or task.</summary>
    public static implicit operator ControllerInput(Tensor values) => FromTensor(values);

    /// <summary>An input that shows no token, cluster or task.</summary>
    public static ControllerInput FromTensor(Tensor values) => new(values);
}
