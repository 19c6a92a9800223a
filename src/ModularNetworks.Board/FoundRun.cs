namespace ModularNetworks.Board;

/// <summary>A run folder below the board's folder.</summary>
/// <param name="Name">The run's path from the board's folder, with slashes.</param>
/// <param name="Path">The full path of the run folder.</param>
internal sealed record FoundRun(string Name, string Path);
