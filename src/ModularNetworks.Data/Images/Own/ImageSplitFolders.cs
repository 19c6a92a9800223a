namespace ModularNetworks.Data;

/// <summary>The folders of the splits of an image folder, where these are given: <c>train</c>, and <c>test</c> or <c>val</c> or both.</summary>
/// <param name="Train">The folder of the training images.</param>
/// <param name="Valid">The folder of the validation images; null if there is none beside that of the test images.</param>
/// <param name="Test">The folder of the test images; that of the validation images if there is no other.</param>
internal sealed record ImageSplitFolders(string Train, string? Valid, string Test)
{
    private const string TrainName = "train";
    private const string TestName = "test";

    private static readonly string[] ValidNames = ["val", "valid", "validation"];

    /// <summary>Finds the folders of splits. Capitals do not matter.</summary>
    /// <param name="folder">The image folder.</param>
    /// <returns>Null if the folders in it are classes.</returns>
    /// <exception cref="DataException">A split has two folders, or only the training images lack one.</exception>
    public static ImageSplitFolders? Find(string folder)
    {
        string[] names = [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path))];
        string? train = FindOne(folder, names, [TrainName]);
        string? valid = FindOne(folder, names, ValidNames);
        string? test = FindOne(folder, names, [TestName]);
        if (train is null && valid is not null && test is not null)
        {
            throw new DataException(
                $"{folder}: has the folders {Path.GetFileName(valid)} and {Path.GetFileName(test)}, but none called "
                + $"{TrainName}. Add the training images, or give folders of classes other names.");
        }
        return train is null || (valid ?? test) is not { } held
            ? null
            : new ImageSplitFolders(train, test is null ? null : valid, test ?? held);
    }

    /// <summary>Finds the parts of images to measure: the folders of splits that are there, or the folder itself.</summary>
    /// <param name="folder">The image folder.</param>
    /// <param name="classes">The classes of the training; a folder that is called as one is no split.</param>
    /// <exception cref="DataException">A split has two folders, or the folder cannot be read.</exception>
    public static IReadOnlyList<(string Name, string Folder)> PartsOf(string folder, IReadOnlyList<string> classes)
    {
        try
        {
            string[] names = [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Except(classes)];
            var found = ((string Name, string[] Called)[])[("train", [TrainName]), ("valid", ValidNames), ("test", [TestName])];
            var parts = found.Select(part => (part.Name, Folder: FindOne(folder, names, part.Called))).Where(part => part.Folder is not null);
            return parts.ToArray() is { Length: > 0 } there ? [.. there.Select(part => (part.Name, part.Folder!))] : [(OtherImages.Whole, folder)];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder}: cannot be read as a folder of images: {cause.Message}", cause);
        }
    }

    private static string? FindOne(string folder, string[] names, string[] called)
    {
        string[] found = [.. names.Where(name => called.Contains(name, StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        return found.Length <= 1
            ? found.Select(name => Path.Join(folder, name)).FirstOrDefault()
            : throw new DataException(
                $"{folder}: has the folders {string.Join(" and ", found)}; one at most is expected for this split. Remove or rename the others.");
    }
}
