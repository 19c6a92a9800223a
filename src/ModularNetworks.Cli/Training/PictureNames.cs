using ModularNetworks.Data;

namespace ModularNetworks.Cli.Training;

/// <summary>The pictures that a command line, or standard input, names.</summary>
internal static class PictureNames
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"];

    /// <summary>
    /// The picture files of a name: the file itself, whatever it is called, or all in the folder and in the folders in it, in the ordinal order
    /// of names. Of a folder, names that begin with a point and links to folders are passed over.
    /// </summary>
    /// <param name="name">The path of a file or folder.</param>
    /// <returns>The paths, or what is wrong with a name or folder.</returns>
    public static IEnumerable<(string Path, DataException? Problem)> Of(string name)
    {
        if (!Directory.Exists(name))
        {
            yield return (name, name.Length > 0 ? null : new DataException("predict: a name is empty. Name a file or folder."));
            yield break;
        }
        bool isEmpty = true;
        foreach (var found in InFolder(name))
        {
            isEmpty = false;
            yield return found;
        }
        if (isEmpty)
            yield return (name, new DataException($"{name}: has no picture files ({string.Join(", ", Extensions)}). Name another folder, or files."));
    }

    private static IEnumerable<(string Path, DataException? Problem)> InFolder(string folder)
    {
        var (entries, problem) = Entries(folder);
        if (problem is not null)
            yield return (folder, problem);
        foreach (var entry in entries)
        {
            string path = Path.Join(folder, entry.Name);
            bool isPicture = Extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase);
            foreach (var found in entry is DirectoryInfo ? InFolder(path) : isPicture ? [(path, null)] : [])
                yield return found;
        }
    }

    private static (FileSystemInfo[] Entries, DataException? Problem) Entries(string folder)
    {
        try
        {
            var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos()
                .Where(entry => entry.Name[0] != '.' && !(entry is DirectoryInfo && entry.LinkTarget is not null))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal);
            return ([.. entries], null);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return ([], new DataException($"{folder}: cannot be read as a folder of pictures: {cause.Message}", cause));
        }
    }
}
