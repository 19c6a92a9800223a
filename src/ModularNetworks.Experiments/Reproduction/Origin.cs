namespace ModularNetworks.Experiments;

/// <summary>Where the numbers of a table or figure come from.</summary>
/// <param name="Command">The command that wrote it.</param>
/// <param name="Preset">The name of the options that all runs have in common.</param>
/// <param name="Version">The version of the tool.</param>
/// <param name="Machine">The machine that the tool ran on.</param>
public sealed record Origin(string Command, string Preset, string Version, Machine Machine);
