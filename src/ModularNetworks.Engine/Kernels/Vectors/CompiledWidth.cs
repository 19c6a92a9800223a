using System.Diagnostics.CodeAnalysis;

namespace ModularNetworks.Engine;

/// <summary>
/// The one width of vectors of a program that is compiled ahead of time. The compiler puts constants for these, from the instruction set that it is
/// given (<c>packaging/processor/ModularNetworks.Engine.targets</c>), and leaves out the code of other widths. Elsewhere all are false.
/// </summary>
internal static class CompiledWidth
{
    /// <summary>Whether the program is compiled for vectors of 128 bits.</summary>
    [FeatureSwitchDefinition("ModularNetworks.CompiledVector128")]
    public static bool Is128 => false;

    /// <summary>Whether the program is compiled for vectors of 256 bits.</summary>
    [FeatureSwitchDefinition("ModularNetworks.CompiledVector256")]
    public static bool Is256 => false;

    /// <summary>Whether the program is compiled for vectors of 512 bits.</summary>
    [FeatureSwitchDefinition("ModularNetworks.CompiledVector512")]
    public static bool Is512 => false;
}
