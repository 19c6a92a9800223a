namespace ModularNetworks.Board;

/// <summary>A run folder below the board's folder.</summary>
/// <param name="Name">Its path from the board's folder, with slashes.</param>
/// <param name="Path">Where it is.</param>
internal sealed record FoundRun(string Name, string Path);
