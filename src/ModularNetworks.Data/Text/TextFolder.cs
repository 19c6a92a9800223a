namespace ModularNetworks.Data;

/// <summary>The three texts of a folder: the one file that has <c>train</c> in its name, and so for <c>valid</c> and <c>test</c>.</summary>
/// <param name="Train">The path of the training text.</param>
/// <param name="Valid">The path of the validation text.</param>
/// <param name="Test">The path of the test text.</param>
internal sealed record TextFolder(string Train, string Valid, string Test)
{
    private static readonly string[] Parts = ["train", "valid", "test"];

    private const string Rule = "a folder of texts has one file with train, one with valid and one with test in its name";

    /// <summary>Finds the texts. Files with other names, and all whose names begin with a point, are passed over.</summary>
    /// <returns>Null if no file has one of the three words in its name.</returns>
    /// <exception cref="DataException">A text is missing, or there are several for one part.</exception>
    public static TextFolder? Find(string folder)
    {
        string[] names = Names(folder);
        if (!names.Any(name => Parts.Any(part => IsNamed(name, part))))
            return null;
        var found = new TextFolder(Find(folder, names, Parts[0]), Find(folder, names, Parts[1]), Find(folder, names, Parts[2]));
        return found.Train != found.Valid && found.Valid != found.Test && found.Test != found.Train
            ? found
            : throw new DataException($"{folder}: a file has two of train, valid and test in its name; {Rule}. Rename the file.");
    }

    /// <summary>The paths of all files of a folder in the ordinal order of their names, but for those whose names begin with a point.</summary>
    /// <exception cref="DataException">There are none, or the folder cannot be read.</exception>
    public static IReadOnlyList<string> FilesOf(string folder) => Names(folder) is { Length: > 0 } names
        ? [.. names.Select(name => Path.Join(folder, name))]
        : throw new DataException($"{folder}: has no files; text files were expected. Check the path.");

    private static bool IsNamed(string file, string part) => file.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string[] Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Where(name => name[0] != '.').Order(StringComparer.Ordinal)];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder}: cannot be read: {cause.Message}", cause);
        }
    }

    private static string Find(string folder, string[] names, string part)
    {
        string[] found = [.. names.Where(name => IsNamed(name, part))];
        return found switch
        {
            [var name] => Path.Join(folder, name),
            [] => throw new DataException($"{folder}: no file has {part} in its name; {Rule}. Add the file, or rename the others so that all are cut."),
            [var first, var second, ..] => throw new DataException(
                $"{folder}: {found.Length} files have {part} in their names, such as {first} and {second}; {Rule}. Move the others elsewhere."),
        };
    }
}
