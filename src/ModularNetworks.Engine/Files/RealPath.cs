namespace ModularNetworks.Engine;

/// <summary>Follows the links in a path, those of folders too.</summary>
internal static class RealPath
{
    // As many as Linux follows; more are a loop.
    private const int MostLinks = 40;

    /// <summary>The absolute path without links. What it names need not be there.</summary>
    /// <exception cref="IOException">There is a loop of links.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path), real = Path.GetPathRoot(full)!;
        var left = new Stack<string>();
        Push(left, full);
        for (int links = 0; left.TryPop(out string? name);)
        {
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }
            string next = Path.Join(real, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks)
                throw new IOException($"'{path}' leads through more than {MostLinks} links. Are they a loop?");
            real = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : real;
            Push(left, target);
        }
        return real;
    }

    /// <summary>Whether a path lies in a folder or deeper. Both have no links.</summary>
    public static bool IsBelow(string path, string folder) => path.StartsWith(
        Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Push(Stack<string> left, string path)
    {
        string names = path[(Path.GetPathRoot(path)?.Length ?? 0)..];
        foreach (string name in names.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]).Reverse())
        {
            if (name.Length > 0 && name != ".")
                left.Push(name);
        }
    }
}
