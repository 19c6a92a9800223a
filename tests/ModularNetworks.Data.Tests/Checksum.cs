using System.Security.Cryptography;

namespace ModularNetworks.Data.Tests;

/// <summary>Checksums as the catalogue has them.</summary>
internal static class Checksum
{
    /// <summary>The SHA-256 checksum in lower-case hexadecimal digits.</summary>
    public static string Of(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
