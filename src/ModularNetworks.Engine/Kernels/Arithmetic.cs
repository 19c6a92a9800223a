namespace ModularNetworks.Engine;

/// <summary>The ways in which kernels can do their work.</summary>
internal enum Arithmetic
{
    /// <summary>Plain loops over 32-bit numbers.</summary>
    PlainSingle,

    /// <summary>Plain loops over 64-bit numbers.</summary>
    PlainDouble,

    /// <summary>Vectors of four 32-bit numbers.</summary>
    Vector128,

    /// <summary>Vectors of eight 32-bit numbers.</summary>
    Vector256,

    /// <summary>Vectors of sixteen 32-bit numbers.</summary>
    Vector512,
}
