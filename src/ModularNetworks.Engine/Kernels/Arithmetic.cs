namespace ModularNetworks.Engine;

/// <summary>
/// The ways in which kernels can do their work. Each has a type of its own: a program that is compiled ahead of time and makes no object of one has no
/// code for it.
/// </summary>
internal abstract class Arithmetic
{
    /// <summary>Plain loops over 32-bit numbers.</summary>
    public sealed class PlainSingle : Arithmetic;

    /// <summary>Plain loops over 64-bit numbers.</summary>
    public sealed class PlainDouble : Arithmetic;

    /// <summary>Vectors of four 32-bit numbers.</summary>
    public sealed class Vector128 : Arithmetic;

    /// <summary>Vectors of eight 32-bit numbers.</summary>
    public sealed class Vector256 : Arithmetic;

    /// <summary>Vectors of sixteen 32-bit numbers.</summary>
    public sealed class Vector512 : Arithmetic;
}
