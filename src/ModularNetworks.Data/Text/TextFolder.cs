namespace ModularNetworks.Data;

/// <summary>The three texts of a folder: the one file that has <c>train</c> in its name, and so for <c>valid</c> and <c>test</c>.</summary>
/// <param name="Train">The path of the training text.</param>
/// <param name="Valid">The path of the validation text.</param>
/// <param name="Test">The path of the test text.</param>
internal sealed record TextFolder(string Train, string Valid, string Test)
{
    private const string Rule = "a folder of texts has one file with train, one with valid and one with test in its name";

    /// <summary>Finds the texts. Files with other names, and all whose names begin with a point, are passed over.</summary>
    /// <exception cref="DataException">A text is missing, or there are several for one part.</exception>
    public static TextFolder Of(string folder)
    {
        string[] names = Names(folder);
        var found = new TextFolder(Find(folder, names, "train"), Find(folder, names, "valid"), Find(folder, names, "test"));
        return found.Train != found.Valid && found.Valid != found.Test && found.Test != found.Train
            ? found
            : throw new DataException($"{folder}: a file has two of train, valid and test in its name; {Rule}. Rename the file.");
    }

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
        string[] found = [.. names.Where(name => name.Contains(part, StringComparison.OrdinalIgnoreCase))];
        return found switch
        {
            [var name] => Path.Join(folder, name),
            [] => throw new DataException($"{folder}: no file has {part} in its name; {Rule}. Add the file, or give one text file to be cut."),
            [var first, var second, ..] => throw new DataException(
                $"{folder}: {found.Length} files have {part} in their names, such as {first} and {second}; {Rule}. Move the others elsewhere."),
        };
    }
}
