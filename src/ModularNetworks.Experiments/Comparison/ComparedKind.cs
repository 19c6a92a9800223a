namespace ModularNetworks.Experiments;

/// <summary>A kind of data of one's own on which methods can be compared.</summary>
/// <param name="Name">The name, which is that of the experiment: <c>table</c>, <c>text</c> or <c>images</c>.</param>
/// <param name="Noun">The noun for readers.</param>
public sealed record ComparedKind(string Name, string Noun)
{
    private static readonly string[] TableEndings = [".csv", ".tsv", ".tab", ".parquet"];
    private static readonly string[] ImageEndings = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"];
    private static readonly string[] PackedEndings = [".gz", ".xz"];

    /// <summary>A table.</summary>
    public static ComparedKind Table { get; } = new(TableOptions.Name, "a table");

    /// <summary>A text.</summary>
    public static ComparedKind Text { get; } = new(PlainTextOptions.Name, "a text");

    /// <summary>Images with their classes.</summary>
    public static ComparedKind Images { get; } = new(ImageFolderOptions.Name, "images");

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<ComparedKind> All { get; } = [Table, Text, Images];

    /// <summary>Finds the kind of data by the names of files.</summary>
    /// <param name="path">A file or folder.</param>
    /// <returns>The kind, and the reason in words.</returns>
    public static (ComparedKind Kind, string Reason) Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            return FindInFolder(path);
        string name = Path.GetFileName(path);
        string ending = Path.GetExtension(PackedEndings.Contains(Ending(name)) ? Path.GetFileNameWithoutExtension(name) : name);
        if (TableEndings.Contains(Ending(ending)))
            return (Table, $"its name ends in {ending}");
        if (IsIdx(name))
            return (Images, "its name is that of an idx file");
        return ImageEndings.Contains(Ending(name)) ? (Images, "it is a picture") : (Text, "it is a file, and not called as tables are");
    }

    private static (ComparedKind Kind, string Reason) FindInFolder(string path)
    {
        if (Directory.EnumerateFiles(path).Any(file => IsIdx(Path.GetFileName(file))))
            return (Images, "the folder has idx files");
        // Folders of classes lie in the folder, or in those of its splits.
        var folders = Directory.EnumerateDirectories(path).ToList();
        if (folders.Concat(folders.SelectMany(Directory.EnumerateDirectories)).Any(HasImages))
            return (Images, "the folder has folders of images");
        // Images of no class, and several tables, are refused where they are read.
        if (HasOnly(path, ImageEndings))
            return (Images, "the folder has images");
        return HasOnly(path, TableEndings) ? (Table, "the folder has tables") : (Text, "the folder has no folders of images");
    }

    private static bool HasOnly(string folder, string[] endings)
    {
        string[] files = Directory.GetFiles(folder);
        return files.Length > 0 && files.All(file => endings.Contains(Ending(file)));
    }

    private static bool HasImages(string folder) => Directory.EnumerateFiles(folder).Any(file => ImageEndings.Contains(Ending(file)));

    private static bool IsIdx(string name) => name.Contains("-ubyte", StringComparison.Ordinal);

    private static string Ending(string name) => Path.GetExtension(name).ToLowerInvariant();
}
