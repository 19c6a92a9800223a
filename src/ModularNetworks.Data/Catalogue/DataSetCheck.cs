using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ModularNetworks.Data;

/// <summary>Compares files with what is known about a data set.</summary>
internal static class DataSetCheck
{
    public static IReadOnlyList<string> Run(DataSet dataSet, string location)
    {
        var files = DataFiles.Find(location, dataSet);
        return [.. dataSet.Files.SelectMany(file => Problems(files, file))];
    }

    private static IEnumerable<string> Problems(DataFiles files, DataFile file)
    {
        if (!files.Has(file.Name))
        {
            yield return files.Missing(file.Name);
            yield break;
        }
        string path = files.PathOf(file.Name);
        var (length, checksum) = Measure(files, file.Name);
        if (length != file.Length)
            yield return $"{path}: has {length} bytes; {file.Length} are expected. Get the file again.";
        if (checksum != file.Md5)
            yield return $"{path}: has the MD5 checksum {checksum}; {file.Md5} is expected. Get the file again.";
        if (file.Words is { } words && WordProblem(files, file.Name, words) is { } problem)
            yield return problem;
    }

    [SuppressMessage("Security", "CA5351", Justification = "The published checksums of the data sets are MD5; they guard "
        + "against accidents, not attacks.")]
    private static (long Length, string Checksum) Measure(DataFiles files, string name)
    {
        using var stream = files.Open(name);
        try
        {
            return (stream.Length, Convert.ToHexStringLower(MD5.HashData(stream)));
        }
        catch (IOException cause)
        {
            throw new DataException($"{files.PathOf(name)}: cannot be read: {cause.Message}", cause);
        }
    }

    private static string? WordProblem(DataFiles files, string name, long expected)
    {
        try
        {
            using var stream = files.Open(name);
            var reader = new WordReader(stream, files.PathOf(name));
            long found = 0;
            while (reader.Read())
                found++;
            return found == expected
                ? null
                : $"{files.PathOf(name)}: has {found} words with line ends; {expected} are expected. Get the file again.";
        }
        catch (DataException problem)
        {
            return problem.Message;
        }
    }
}
