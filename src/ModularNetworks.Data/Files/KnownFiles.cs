namespace ModularNetworks.Data;

/// <summary>Files of a data set that are checked together, and the facts that they are checked against.</summary>
public abstract class KnownFiles
{
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
