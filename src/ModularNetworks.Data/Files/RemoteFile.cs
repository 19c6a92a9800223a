namespace ModularNetworks.Data;

/// <summary>A file of a data set at its official address.</summary>
/// <param name="Address">The address, with http or https.</param>
/// <param name="MostBytes">The largest size that is accepted, in bytes: the file's own size where that is known.</param>
/// <param name="Sha256">The SHA-256 checksum in lower-case hexadecimal digits; null if it is not known.</param>
public sealed record RemoteFile(Uri Address, long MostBytes, string? Sha256 = null)
{
    /// <summary>The file's name without a folder.</summary>
    public string Name => Path.GetFileName(Address.AbsolutePath);
}
