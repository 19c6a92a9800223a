namespace ModularNetworks.Fuzz;

/// <summary>
/// A temporary folder with the files that a reader is given. It tells what was written there or around it, and puts the files
/// back.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    // Files get this time when they are put there; whoever writes them gives them another one.
    private static readonly DateTime Untouched = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // Where names with .. and absolute names in archives lead.
    private static readonly string[] Escapes = ["/escaped", "/tmp/escaped"];

    private readonly string _root = Directory.CreateTempSubdirectory("modnet-fuzz-").FullName;
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    public Sandbox()
    {
        Path = System.IO.Path.Join(_root, "above", "here");
        Directory.CreateDirectory(Path);
    }

    /// <summary>The folder; two folders above it belong to the sandbox as well.</summary>
    public string Path { get; }

    /// <summary>The path of a file or folder in the sandbox.</summary>
    public string this[string name] => System.IO.Path.Join(Path, name);

    /// <summary>Puts a file there, which belongs there from now on.</summary>
    public string Put(string name, byte[] bytes)
    {
        string path = this[name];
        string folder = System.IO.Path.GetDirectoryName(path)!;
        if (folder != Path && !_folders.Contains(folder))
            Directory.CreateDirectory(folder);
        for (; folder != Path && _folders.Add(folder); folder = System.IO.Path.GetDirectoryName(folder)!)
        {
        }
        Write(path, bytes);
        _files[path] = bytes;
        return path;
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _files.Clear();
        _folders.Clear();
        Directory.Delete(Path, recursive: true);
        Directory.CreateDirectory(Path);
    }

    /// <summary>Takes all that is there now for what belongs there.</summary>
    public void PutAllThatIsThere()
    {
        foreach (string path in Directory.GetFiles(Path, "*", SearchOption.AllDirectories))
            Put(System.IO.Path.GetRelativePath(Path, path), File.ReadAllBytes(path));
    }

    /// <summary>The file of a name, as it belongs there.</summary>
    public byte[] Content(string name) => _files[this[name]];

    /// <summary>A file that was written outside of the sandbox's folder; null if there is none.</summary>
    public string? Escaped()
    {
        string above = System.IO.Path.GetDirectoryName(Path)!;
        return Directory.EnumerateFileSystemEntries(_root).Concat(Directory.EnumerateFileSystemEntries(above))
            .FirstOrDefault(path => path != above && path != Path)
            ?? Escapes.FirstOrDefault(System.IO.Path.Exists);
    }

    /// <summary>Takes away what does not belong there, and puts back what was changed.</summary>
    /// <returns>The name of a file or folder that was written, changed or deleted; null if none was.</returns>
    public string? Restore()
    {
        string? changed = null;
        int found = 0;
        foreach (var entry in new DirectoryInfo(Path).GetFileSystemInfos("*", SearchOption.AllDirectories))
        {
            if (entry is FileInfo && _files.ContainsKey(entry.FullName))
            {
                found++;
                if (entry.LastWriteTimeUtc == Untouched)
                    continue;
            }
            else if (entry is DirectoryInfo && _folders.Contains(entry.FullName))
            {
                continue;
            }
            changed ??= entry.FullName;
            if (System.IO.Path.Exists(System.IO.Path.GetDirectoryName(entry.FullName)))
                Delete(entry);
        }
        if (changed is null && found == _files.Count)
            return null;
        foreach (string folder in _folders)
            Directory.CreateDirectory(folder);
        foreach (var (path, bytes) in _files.Where(file => !File.Exists(file.Key)))
        {
            changed ??= path;
            Write(path, bytes);
        }
        return System.IO.Path.GetRelativePath(Path, changed!);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void Write(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, Untouched);
    }

    // What was in a folder that is gone is gone already.
    private static void Delete(FileSystemInfo entry)
    {
        if (Directory.Exists(entry.FullName))
            Directory.Delete(entry.FullName, recursive: true);
        else
            File.Delete(entry.FullName);
    }
}
