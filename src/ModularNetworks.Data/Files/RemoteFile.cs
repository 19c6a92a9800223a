namespace ModularNetworks.Data;

/// <summary>A file of a data set at its official address.</summary>
/// <param name="Address">Where it is, over http or https.</param>
/// <param name="MostBytes">The most bytes it may have; its size where that is known.</param>
/// <param name="Md5">Its published MD5 checksum in lower-case hexadecimal digits; null if there is none.</param>
public sealed record RemoteFile(Uri Address, long MostBytes, string? Md5 = null)
{
    /// <summary>Its name without a folder.</summary>
    public string Name => Path.GetFileName(Address.AbsolutePath);
}
