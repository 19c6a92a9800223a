namespace ModularNetworks.Data;

/// <summary>Files of a data set that are checked together, and what is known about them.</summary>
public abstract class KnownFiles
{
    /// <summary>Something is known about files.</summary>
    /// <param name="names">Their names without a folder.</param>
    private protected KnownFiles(params IReadOnlyList<string> names) => Names = names;

    /// <summary>The files' names without a folder.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Compares the files with what is known about them.</summary>
    /// <returns>What is wrong, one line each; empty if all is well.</returns>
    internal IEnumerable<string> Problems(DataFiles files)
    {
        string[] missing = [.. Names.Where(name => !files.Has(name))];
        return [.. missing.Select(files.Missing), .. Problems(files, [.. Names.Except(missing)])];
    }

    /// <summary>Compares those of the files that are there with what is known about them.</summary>
    private protected abstract IEnumerable<string> Problems(DataFiles files, IReadOnlyList<string> present);

    /// <summary>What keeps a file from being read; null if nothing does.</summary>
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
