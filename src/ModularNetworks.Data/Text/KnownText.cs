using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ModularNetworks.Data;

/// <summary>A text of known bytes.</summary>
/// <param name="name">The file's name without a folder.</param>
/// <param name="length">The number of bytes.</param>
/// <param name="md5">The MD5 checksum in lower-case hexadecimal digits.</param>
/// <param name="words">The number of words, with one <c>&lt;eos&gt;</c> a line.</param>
internal sealed class KnownText(string name, long length, string md5, long words) : KnownFiles(name)
{
    private const int BufferSize = 1 << 16;

    private protected override IEnumerable<string> Problems(DataFiles files, IReadOnlyList<string> present) =>
        present.SelectMany(file => BytesProblems(files, file).Concat(WordProblems(files, file)));

    private IEnumerable<string> BytesProblems(DataFiles files, string file)
    {
        string path = files.PathOf(file), foundMd5 = "";
        long foundLength = 0;
        if (ProblemOf(() => (foundLength, foundMd5) = Measure(files, file)) is { } unreadable)
        {
            yield return unreadable;
            yield break;
        }
        if (foundLength != length)
            yield return $"{path}: has {foundLength} bytes; {length} are expected. Get the file again.";
        if (foundMd5 != md5)
            yield return $"{path}: has the MD5 checksum {foundMd5}; {md5} is expected. Get the file again.";
    }

    private IEnumerable<string> WordProblems(DataFiles files, string file)
    {
        long found = 0;
        if (ProblemOf(() => found = CountWords(files, file)) is { } unreadable)
            yield return unreadable;
        else if (found != words)
            yield return $"{files.PathOf(file)}: has {found} words with line ends; {words} are expected. Get the file again.";
    }

    [SuppressMessage("Security", "CA5351", Justification = "The published checksums of the data sets are MD5; they guard "
        + "against accidents, not attacks.")]
    private static (long Length, string Md5) Measure(DataFiles files, string file)
    {
        using var checksum = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var stream = files.Open(file);
        var buffer = new byte[BufferSize];
        long length = 0;
        try
        {
            for (int count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
            {
                checksum.AppendData(buffer, 0, count);
                length += count;
            }
        }
        catch (IOException cause)
        {
            throw new DataException($"{files.PathOf(file)}: cannot be read: {cause.Message}", cause);
        }
        return (length, Convert.ToHexStringLower(checksum.GetHashAndReset()));
    }

    private static long CountWords(DataFiles files, string file)
    {
        using var stream = files.Open(file);
        var reader = new WordReader(stream, files.PathOf(file));
        long found = 0;
        while (reader.Read())
            found++;
        return found;
    }
}
