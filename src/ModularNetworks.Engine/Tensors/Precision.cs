namespace ModularNetworks.Engine;

/// <summary>The floating-point type of a tensor's elements.</summary>
public enum Precision
{
    /// <summary>32-bit: what models train and run in.</summary>
    Single,

    /// <summary>64-bit: what gradients and reference numbers are checked in.</summary>
    Double,
}
