using System.IO.Compression;

namespace ModularNetworks.Data;

/// <summary>Files of a data set that are checked together, and the facts that they are checked against.</summary>
public abstract class KnownFiles
{
    private const int BufferSize = 1 << 16;

    /// <summary>Creates the facts about files.</summary>
    /// <param name="names">The files' names without a folder.</param>
    private protected KnownFiles(params IReadOnlyList<string> names) => Names = names;

    /// <summary>The files' names without a folder.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Compares the files with the facts.</summary>
    /// <returns>The problems, a line each; empty if there are none.</returns>
    internal IEnumerable<string> Problems(DataFiles files)
    {
        string[] missing = [.. Names.Where(name => !files.Has(name))];
        return [.. missing.Select(files.Missing), .. Problems(files, [.. Names.Except(missing)])];
    }

    /// <summary>Compares the files that are present with the facts.</summary>
    private protected abstract IEnumerable<string> Problems(DataFiles files, IReadOnlyList<string> present);

    /// <summary>Reads a file from its start, until it ends or enough was read.</summary>
    /// <param name="files">Holds the file.</param>
    /// <param name="name">The file's name; one that ends with <c>.gz</c> is unpacked.</param>
    /// <param name="take">Takes the next bytes, and says whether to go on.</param>
    /// <exception cref="DataException">The file cannot be read.</exception>
    private protected static void Read(DataFiles files, string name, Func<ReadOnlyMemory<byte>, bool> take)
    {
        using var stream = IsPacked(name) ? new GZipStream(files.Open(name), CompressionMode.Decompress) : files.Open(name);
        var buffer = new byte[BufferSize];
        try
        {
            for (int count = stream.Read(buffer); count > 0 && take(buffer.AsMemory(0, count)); count = stream.Read(buffer))
            {
            }
        }
        catch (Exception cause) when (cause is IOException or InvalidDataException)
        {
            throw new DataException($"{files.PathOf(name)}: cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>Whether a file is compressed by gzip.</summary>
    private protected static bool IsPacked(string name) => name.EndsWith(".gz", StringComparison.Ordinal);

    /// <summary>The message of the <see cref="DataException"/> with which a read fails; null if it succeeds.</summary>
    private protected static string? ProblemOf(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (DataException problem)
        {
            return problem.Message;
        }
    }
}
