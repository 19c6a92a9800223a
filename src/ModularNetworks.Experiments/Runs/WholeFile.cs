namespace ModularNetworks.Experiments;

/// <summary>Writes files that are never seen half written.</summary>
public static class WholeFile
{
    /// <summary>What the name of a file ends with while it is written.</summary>
    public const string Unfinished = ".writing";

    /// <summary>Writes a file, or replaces it as a whole.</summary>
    public static void Write(string path, string text)
    {
        string temporary = path + Unfinished;
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
