namespace ModularNetworks.Data;

/// <summary>The idx files of a folder, called as those of MNIST.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="TrainImages">The file with the training images.</param>
/// <param name="TrainLabels">The file with their labels.</param>
/// <param name="TestImages">The file with the test images; null if there is none.</param>
/// <param name="TestLabels">The file with their labels.</param>
internal sealed record IdxFolder(string Folder, string TrainImages, string TrainLabels, string? TestImages, string? TestLabels)
{
    private static readonly string[] Splits = ["train", "t10k"];
    private static readonly string[] Parts = ["images", "labels"];

    /// <summary>Finds the files.</summary>
    /// <param name="location">A folder, or the file with the training images.</param>
    /// <returns>Null if this is something else.</returns>
    /// <exception cref="DataException">A file is missing.</exception>
    public static IdxFolder? Find(string location)
    {
        bool isFile = File.Exists(location);
        if (isFile && !NamesOf(Splits[0], Parts[0]).Contains(Path.GetFileName(location), StringComparer.OrdinalIgnoreCase))
            return null;
        string folder = isFile ? Path.GetDirectoryName(Path.GetFullPath(location))! : location;
        string?[] found = [.. Splits.SelectMany(split => Parts.Select(part => FindOne(folder, split, part)))];
        if (found.All(path => path is null))
            return null;
        foreach (int place in (int[])[0, 1, .. found[2] is null && found[3] is null ? (int[])[] : [2, 3]])
            _ = found[place] ?? throw Missing(folder, Splits[place / 2], Parts[place % 2]);
        return new IdxFolder(folder, isFile ? location : found[0]!, found[1]!, found[2], found[3]);
    }

    /// <summary>Finds the pairs of files that are there, of images to measure: <c>train</c>, <c>test</c> or both.</summary>
    /// <param name="location">A folder, or a file with images.</param>
    /// <returns>None if this is something else.</returns>
    /// <exception cref="DataException">A file of a pair is missing.</exception>
    public static IEnumerable<(string Name, string Images, string Labels)> PairsOf(string location)
    {
        bool isFile = File.Exists(location);
        string folder = isFile ? Path.GetDirectoryName(Path.GetFullPath(location))! : location;
        foreach (string split in Splits)
        {
            string? images = FindOne(folder, split, Parts[0]), labels = FindOne(folder, split, Parts[1]);
            bool isMeant = isFile ? NamesOf(split, Parts[0]).Contains(Path.GetFileName(location)) : (images ?? labels) is not null;
            if (isMeant)
                yield return (split == Splits[0] ? "train" : "test", images ?? throw Missing(folder, split, Parts[0]), labels ?? throw Missing(folder, split, Parts[1]));
        }
    }

    private static string? FindOne(string folder, string split, string part) =>
        NamesOf(split, part).Select(name => Path.Join(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>The names of a file: of four axes or two, as it is offered and as programs unpack it.</summary>
    private static IEnumerable<string> NamesOf(string split, string part)
    {
        int axes = part == Parts[0] ? 3 : 1;
        foreach (char sign in "-.")
        {
            string name = $"{split}-{part}{sign}idx{axes}-ubyte";
            yield return name;
            yield return $"{name}.gz";
        }
    }

    private static DataException Missing(string folder, string split, string part) => new(
        $"{folder}: the file {NamesOf(split, part).First()} (or with .gz) is missing beside the other idx files. Get it, or remove the others.");
}
