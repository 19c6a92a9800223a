using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>The image files of a folder, with their classes, split into training and test images.</summary>
internal sealed class ImageListing
{
    private ImageListing(
        IReadOnlyList<string> classes, IReadOnlyList<ImageFile> train, IReadOnlyList<ImageFile>? valid, IReadOnlyList<ImageFile> test)
    {
        Classes = classes;
        Train = train;
        Valid = valid;
        Test = test;
    }

    /// <summary>The names of the classes in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The training images, class by class, each in the order of <see cref="NumberedNames"/>.</summary>
    public IReadOnlyList<ImageFile> Train { get; }

    /// <summary>The validation images in the same order; null if there are none.</summary>
    public IReadOnlyList<ImageFile>? Valid { get; }

    /// <summary>The test images in the same order.</summary>
    public IReadOnlyList<ImageFile> Test { get; }

    /// <summary>Lists what is in a folder.</summary>
    /// <exception cref="DataException">
    /// There is no such folder, it cannot be read, it has less than two classes, a class with too few images, or images outside the
    /// training split of a class that is not in it.
    /// </exception>
    public static ImageListing Of(string folder)
    {
        if (File.Exists(folder))
        {
            throw new DataException(
                $"{folder}: is a file; a folder is expected, with a folder for each class or with idx files, or the file train-images-idx3-ubyte. Unpack it, or name the folder.");
        }
        try
        {
            return ImageSplitFolders.Find(folder) is { } splits ? Given(splits) : Divided(folder);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder}: cannot be read as a folder of images: {cause.Message}", cause);
        }
    }

    private static ImageListing Given(ImageSplitFolders splits)
    {
        string[] classes = ClassesOf(splits.Train);
        return new ImageListing(
            classes,
            FilesOfClasses(splits.Train, classes, classes),
            splits.Valid is { } valid ? HeldOut(valid, splits.Train, classes) : null,
            HeldOut(splits.Test, splits.Train, classes));
    }

    /// <summary>The images of a split that is not trained on. Its classes are those of the training, or some of them.</summary>
    /// <param name="split">The folder.</param>
    /// <param name="train">Whose classes they are, for the message.</param>
    /// <param name="classes">The classes of the training.</param>
    /// <exception cref="DataException">It has another class, or a class without images.</exception>
    public static IReadOnlyList<ImageFile> HeldOut(string split, string train, string[] classes)
    {
        string[] held = ClassesOf(split, least: 1);
        return held.Except(classes, StringComparer.Ordinal).FirstOrDefault() is not { } unknown ? FilesOfClasses(split, held, classes) : throw new DataException(
            $"{Path.Join(split, unknown)}: is a class without training images; the classes of {train} are {string.Join(", ", classes)}. Add training images, or "
            + "remove the folder.");
    }

    private static ImageFile[] FilesOfClasses(string split, string[] names, string[] classes) =>
        [.. names.SelectMany(name => FilesOf(Path.Join(split, name), Array.IndexOf(classes, name), least: 1))];

    private static ImageListing Divided(string folder)
    {
        string[] classes = ClassesOf(folder);
        var files = classes.SelectMany((name, label) => FilesOf(Path.Join(folder, name), label, least: 2)).ToArray();
        HashSet<ImageFile> held =
            [.. files.GroupBy(file => file.Label).SelectMany(ofClass => HeldOutImages.Of(ofClass, file => Path.GetFileName(file.Path)))];
        return new ImageListing(
            classes, [.. files.Where(file => !held.Contains(file))], valid: null, [.. files.Where(held.Contains)]);
    }

    private static string[] ClassesOf(string folder, int least = 2)
    {
        string[] classes = [.. Names(Directory.EnumerateDirectories(folder)).Order(StringComparer.Ordinal)];
        if (classes.Length < least)
        {
            throw new DataException(
                $"{folder}: has {Counted.Of(classes.Length, "folder")}; at least {(least == 1 ? "one is" : "two are")} expected, one a class, each with its "
                + "images. Check the path.");
        }
        return classes.FirstOrDefault(name => name.Any(char.IsControl)) is { } bad
            ? throw new DataException($"{folder}: the name of the folder '{ShownText.Of(bad)}' has control characters. Rename it.")
            : classes;
    }

    private static List<ImageFile> FilesOf(string folder, int label, int least)
    {
        var files = Names(Directory.EnumerateFiles(folder))
            .Where(PictureFiles.AreCalled)
            .Order(NumberedNames.Order)
            .Select(name => new ImageFile(Path.Join(folder, name), label))
            .ToList();
        return files.Count >= least
            ? files
            : throw new DataException(
                $"{folder}: has {files.Count} image files ({PictureFiles.Kinds}); a class needs at least {least}"
                + $"{(least > 1 ? ", to train and to test with" : "")}. Add images, or remove the folder.");
    }

    private static IEnumerable<string> Names(IEnumerable<string> paths) => paths.Select(path => Path.GetFileName(path))
        .Where(name => !name.StartsWith('.'));
}
