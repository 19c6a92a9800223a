using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Tells whether the content of an estimator's file is as it was written.</summary>
internal static class EstimatorChecksum
{
    /// <summary>The checksum: SHA-256 of the text (UTF-8), and of the data of all tensors in the order of their names.</summary>
    /// <param name="text">What the file tells of its parameters.</param>
    /// <param name="parameters">The parameters.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(string text, IEnumerable<Parameter> parameters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        // By names, and not by places: then two tensors that changed places in the header are seen, too.
        foreach (var parameter in parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
            hash.AppendData(MemoryMarshal.AsBytes(parameter.Value.Values));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
