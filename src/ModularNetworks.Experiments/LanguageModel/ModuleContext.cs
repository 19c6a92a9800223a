namespace ModularNetworks.Experiments;

/// <summary>A context that a module is selective for.</summary>
/// <param name="IsAfter">Whether it is the place after a word; else the word itself.</param>
/// <param name="Word">The word's id.</param>
/// <param name="Share">The share of the places of this kind that the module reads, from 0 to 1.</param>
/// <param name="Part">Which part of all that the module reads these places are, from 0 to 1.</param>
/// <param name="Lift">The share over the module's share of all places.</param>
/// <param name="Count">The number of places of this kind that the module reads.</param>
internal sealed record ModuleContext(bool IsAfter, int Word, double Share, double Part, double Lift, long Count);
