using System.Security.Cryptography;

namespace ModularNetworks.Data;

/// <summary>A file of known bytes.</summary>
/// <remarks>
/// A file whose name ends with <c>.gz</c> is compared by what is in it: files that were compressed again serve as well.
/// </remarks>
/// <param name="name">The file's name without a folder.</param>
/// <param name="length">The number of bytes.</param>
/// <param name="sha256">The SHA-256 checksum in lower-case hexadecimal digits.</param>
internal sealed class KnownFile(string name, long length, string sha256) : KnownFiles(name)
{
    private protected override IEnumerable<string> Problems(DataFiles files, IReadOnlyList<string> present) =>
        present.SelectMany(file => Problems(files, file));

    private IEnumerable<string> Problems(DataFiles files, string file)
    {
        string path = files.PathOf(file), foundSha256 = "";
        long foundLength = 0;
        if (ProblemOf(() => (foundLength, foundSha256) = Measure(files, file)) is { } unreadable)
            yield return unreadable;
        else if (foundLength != length)
            yield return $"{path}: has {Shown(foundLength)} bytes{Unpacked(file)}; {length} are expected. Get the file again.";
        else if (foundSha256 != sha256)
            yield return $"{path}: has the SHA-256 checksum {foundSha256}{Unpacked(file)}; {sha256} is expected. Get the file again.";
    }

    // Reading ends soon after the expected end.
    private string Shown(long foundLength) => foundLength > length ? $"more than {length}" : $"{foundLength}";

    private static string Unpacked(string file) => IsPacked(file) ? ", unpacked" : "";

    private (long Length, string Sha256) Measure(DataFiles files, string file)
    {
        using var checksum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long found = 0;
        Read(files, file, bytes =>
        {
            checksum.AppendData(bytes.Span);
            found += bytes.Length;
            return found <= length;
        });
        return (found, Convert.ToHexStringLower(checksum.GetHashAndReset()));
    }
}
