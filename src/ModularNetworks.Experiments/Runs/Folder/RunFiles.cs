namespace ModularNetworks.Experiments;

/// <summary>The names of the files and folders in a run folder.</summary>
public static class RunFiles
{
    /// <summary>The file with every option.</summary>
    public const string Config = "config.json";

    /// <summary>The file that tells how raw input becomes numbers, and numbers answers.</summary>
    public const string Preprocessing = "preprocessing.json";

    /// <summary>The file with the lines of metrics.</summary>
    public const string Metrics = "metrics.jsonl";

    /// <summary>The file with the snapshots.</summary>
    public const string Snapshots = "snapshots.jsonl";

    /// <summary>The file that tells what each module does.</summary>
    public const string Inspection = "inspection.json";

    /// <summary>The file with the results.</summary>
    public const string Summary = "summary.json";

    /// <summary>The file that tells why the training diverged, where that is a result.</summary>
    public const string Divergence = "diverged.txt";

    internal const string Lock = "lock";
    internal const string Checkpoint = "checkpoint";
    internal const string BestCheckpoint = "best";

    // A configuration has a few kilobytes, a summary with a thousand modules a few hundred, an inspection with pictures a few
    // megabytes, as a vocabulary of a million words has; a million lines with measurements of a thousand modules have some gigabytes.
    private const long MostTextBytes = 1 << 20;
    private const long MostPreprocessingBytes = 1 << 28;
    private const long MostResultBytes = 1 << 26;
    private const long MostLineFileBytes = 1L << 32;

    private static readonly string[] Own = [Config, Preprocessing, Metrics, Snapshots, Inspection, Summary, Divergence, Lock, Checkpoint, BestCheckpoint];

    /// <summary>The most bytes that a file of this name may have in the folder of a run; no more are read of it.</summary>
    /// <param name="file">The file's name or path.</param>
    public static long MostBytesOf(string file) => Path.GetFileName(file) switch
    {
        Metrics or Snapshots => MostLineFileBytes,
        Summary or Inspection => MostResultBytes,
        Preprocessing => MostPreprocessingBytes,
        _ => MostTextBytes,
    };

    /// <summary>Whether a file has, in the folder of a run, a name that a run uses, or is in a folder that has.</summary>
    /// <param name="file">The full path of the file, which need not be there.</param>
    public static bool Includes(string file)
    {
        for (string path = file; Path.GetDirectoryName(path) is { } folder; path = folder)
        {
            if (Own.Contains(Path.GetFileName(path)) && RunFolder.Exists(folder))
                return true;
        }
        return false;
    }
}
