using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>The image files of a folder, with their classes, split into training and test images.</summary>
internal sealed class ImageListing
{
    // A fifth of a class is held out for the test.
    private const int TestShare = 5;

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg"];

    private ImageListing(IReadOnlyList<string> classes, IReadOnlyList<ImageFile> train, IReadOnlyList<ImageFile> test)
    {
        Classes = classes;
        Train = train;
        Test = test;
    }

    /// <summary>The names of the classes in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The training images, class by class, each in the ordinal order of names.</summary>
    public IReadOnlyList<ImageFile> Train { get; }

    /// <summary>The test images in the same order.</summary>
    public IReadOnlyList<ImageFile> Test { get; }

    /// <summary>Lists what is in a folder.</summary>
    /// <exception cref="DataException">
    /// There is no such folder, it cannot be read, it has less than two classes or a class with too few images.
    /// </exception>
    public static ImageListing Of(string folder)
    {
        if (File.Exists(folder))
        {
            throw new DataException(
                $"{folder}: is a file; a folder is expected, with a folder for each class. Unpack it, or name the folder.");
        }
        try
        {
            string train = Path.Join(folder, ImageFolders.TrainFolder), test = Path.Join(folder, ImageFolders.TestFolder);
            return Directory.Exists(train) && Directory.Exists(test) ? Given(train, test) : Divided(folder);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder}: cannot be read as a folder of images: {cause.Message}", cause);
        }
    }

    private static ImageListing Given(string train, string test)
    {
        string[] classes = ClassesOf(train), tested = ClassesOf(test);
        if (tested.Except(classes, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new DataException(
                $"{Path.Join(test, unknown)}: is a class without training images; the classes of {train} are "
                + $"{string.Join(", ", classes)}. Add training images, or remove the folder.");
        }
        return new ImageListing(
            classes,
            [.. classes.SelectMany((name, label) => FilesOf(Path.Join(train, name), label, least: 1))],
            [.. tested.SelectMany(name => FilesOf(Path.Join(test, name), Array.IndexOf(classes, name), least: 1))]);
    }

    private static ImageListing Divided(string folder)
    {
        string[] classes = ClassesOf(folder);
        var files = classes.SelectMany((name, label) => FilesOf(Path.Join(folder, name), label, least: 2)).ToArray();
        HashSet<ImageFile> held = [.. files.GroupBy(file => file.Label).SelectMany(HeldOut)];
        return new ImageListing(
            classes, [.. files.Where(file => !held.Contains(file))], [.. files.Where(held.Contains)]);
    }

    // A random number for each name decides, so that a file more or less moves few others from one split to the other.
    private static IEnumerable<ImageFile> HeldOut(IGrouping<int, ImageFile> files)
    {
        var key = RandomKey.FromSeed(0).Split("test images");
        return files.OrderBy(file => key.Split(Path.GetFileName(file.Path)).Value)
            .ThenBy(file => file.Path, StringComparer.Ordinal)
            .Take(Math.Max(1, files.Count() / TestShare));
    }

    private static string[] ClassesOf(string folder)
    {
        string[] classes = [.. Names(Directory.EnumerateDirectories(folder))];
        if (classes.Length < 2)
        {
            throw new DataException(
                $"{folder}: has {classes.Length} folders; at least two are expected, one a class, each with its images. Check "
                + "the path.");
        }
        return classes;
    }

    private static List<ImageFile> FilesOf(string folder, int label, int least)
    {
        var files = Names(Directory.EnumerateFiles(folder))
            .Where(name => Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
            .Select(name => new ImageFile(Path.Join(folder, name), label))
            .ToList();
        return files.Count >= least
            ? files
            : throw new DataException(
                $"{folder}: has {files.Count} image files ({string.Join(", ", Extensions)}); a class needs at least {least}"
                + $"{(least > 1 ? ", to train and to test with" : "")}. Add images, or remove the folder.");
    }

    private static IEnumerable<string> Names(IEnumerable<string> paths) => paths.Select(path => Path.GetFileName(path))
        .Where(name => !name.StartsWith('.'))
        .Order(StringComparer.Ordinal);
}
