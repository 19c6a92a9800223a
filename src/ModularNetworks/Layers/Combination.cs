namespace ModularNetworks;

/// <summary>How a modular layer's K outputs become one.</summary>
public enum Combination
{
    /// <summary>Their sum (Eq. 1).</summary>
    Sum,

    /// <summary>One after the other, in the order of k.</summary>
    Concatenate,
}
