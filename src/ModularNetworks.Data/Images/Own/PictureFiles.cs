namespace ModularNetworks.Data;

/// <summary>Finds picture files by their names.</summary>
public static class PictureFiles
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"];

    /// <summary>The extensions of picture files, for messages.</summary>
    internal static string Kinds { get; } = string.Join(", ", Extensions);

    /// <summary>
    /// The picture files of a name: the file itself, whatever it is called, or all in the folder and in the folders in it, in the order of names
    /// in which numbers count as numbers. Of a folder, names that begin with a point and links to folders are passed over.
    /// </summary>
    /// <param name="name">The path of a file or folder.</param>
    /// <returns>The paths, or what is wrong with a name or folder.</returns>
    public static IEnumerable<(string Path, DataException? Problem)> Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
            return [(name, new DataException("The name of a picture is empty. Name a file or folder."))];
        return Directory.Exists(name) ? InNamedFolder(name) : [(name, null)];
    }

    /// <summary>Whether a file in a folder of pictures is one.</summary>
    internal static bool AreCalled(string name) => Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<(string Path, DataException? Problem)> InNamedFolder(string folder)
    {
        bool isEmpty = true;
        foreach (var found in InFolder(folder))
        {
            isEmpty = false;
            yield return found;
        }
        if (isEmpty)
            yield return (folder, new DataException($"{folder}: has no picture files ({Kinds}). Name another folder, or files."));
    }

    private static IEnumerable<(string Path, DataException? Problem)> InFolder(string folder)
    {
        var (entries, problem) = Entries(folder);
        if (problem is not null)
            yield return (folder, problem);
        foreach (var entry in entries)
        {
            string path = Path.Join(folder, entry.Name);
            foreach (var found in entry is DirectoryInfo ? InFolder(path) : AreCalled(entry.Name) ? [(path, null)] : [])
                yield return found;
        }
    }

    private static (FileSystemInfo[] Entries, DataException? Problem) Entries(string folder)
    {
        try
        {
            var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos()
                .Where(entry => entry.Name[0] != '.' && !(entry is DirectoryInfo && entry.LinkTarget is not null))
                .OrderBy(entry => entry.Name, NumberedNames.Order);
            return ([.. entries], null);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return ([], new DataException($"{folder}: cannot be read as a folder of pictures: {cause.Message}", cause));
        }
    }
}
