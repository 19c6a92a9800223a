namespace ModularNetworks.Experiments;

/// <summary>The run folders below a folder, by their paths from it, with slashes, in ordinal order; an empty one is the folder itself.</summary>
/// <param name="Runs">The run folders, but for those of groups.</param>
/// <param name="Groups">The folders with runs that are parts of one thing (<see cref="RunGroup"/>).</param>
public sealed record FoundRuns(IReadOnlyList<string> Runs, IReadOnlyList<string> Groups);
