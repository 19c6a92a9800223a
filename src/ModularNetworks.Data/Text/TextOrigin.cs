namespace ModularNetworks.Data;

/// <summary>The files that a text was read from.</summary>
/// <param name="Files">Their paths, in ordinal order.</param>
/// <param name="Bytes">The number of bytes of all.</param>
public sealed record TextOrigin(IReadOnlyList<string> Files, long Bytes);
