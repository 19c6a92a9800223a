using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ModularNetworks.Data.Tests;

/// <summary>Checksums as the catalogue has them.</summary>
internal static class TextChecksum
{
    /// <summary>The MD5 checksum in lower-case hexadecimal digits.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "The published checksums of the data sets are MD5.")]
    public static string Of(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
}
