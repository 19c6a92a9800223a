namespace ModularNetworks.Data;

/// <summary>An image file and the number of its class.</summary>
internal sealed record ImageFile(string Path, int Label);
