namespace ModularNetworks.Data;

/// <summary>Images to measure a classifier on, brought to the form of those that it was trained on.</summary>
public sealed class OtherImages
{
    /// <summary>The name of images without parts.</summary>
    public const string Whole = "data";

    private readonly IReadOnlyList<(string Name, Func<LabelledImages> Read)> _parts;

    private OtherImages(IReadOnlyList<(string Name, Func<LabelledImages> Read)> parts) => _parts = parts;

    /// <summary>The names of the parts: those of <c>train</c>, <c>valid</c> and <c>test</c> that are there, or <see cref="Whole"/> alone.</summary>
    public IReadOnlyList<string> Parts => [.. _parts.Select(part => part.Name)];

    /// <summary>Finds images. None is read yet.</summary>
    /// <param name="location">
    /// A folder with a folder for each class, or for some; a folder with the folders <c>train</c>, <c>valid</c> and <c>test</c>, or some of them, each of
    /// which is such a folder; or idx files, their folder or one with images (<see cref="OwnImages"/>).
    /// </param>
    /// <param name="form">The form.</param>
    /// <param name="cache">The place where decoded pictures are kept; null for none.</param>
    /// <exception cref="DataException">There is nothing of these kinds.</exception>
    public static OtherImages Find(string location, ImageForm form, ImageCache? cache = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        ArgumentNullException.ThrowIfNull(form);
        if (IdxFolder.PairsOf(location).ToArray() is { Length: > 0 } pairs)
            return new OtherImages([.. pairs.Select(pair => (pair.Name, (Func<LabelledImages>)(() => Read(pair.Images, pair.Labels, form))))]);
        if (!Directory.Exists(location))
            throw new DataException($"{location}: is no folder of images and no idx file of images. Name a folder with a folder for each class.");
        var splits = ImageSplitFolders.PartsOf(location, form.Classes);
        return new OtherImages([.. splits.Select(split => (split.Name, (Func<LabelledImages>)(() => Read(location, split.Folder, form, cache))))]);
    }

    /// <summary>Reads a part.</summary>
    /// <param name="name">One of <see cref="Parts"/>.</param>
    /// <exception cref="ArgumentException">There is no such part.</exception>
    /// <exception cref="DataException">
    /// A class is none of those of the training, or has no images, a file is damaged, or the images would take more than 4 GiB.
    /// </exception>
    public LabelledImages Read(string name) =>
        (_parts.FirstOrDefault(part => part.Name == name).Read ?? throw new ArgumentException($"OtherImages: there is no part {name}.", nameof(name)))();

    private static LabelledImages Read(string images, string labels, ImageForm form)
    {
        var split = IdxSplit.Read(images, labels);
        OwnImages.CheckMemory(images, split.Images.Count, form.Shape);
        return InShades(IdxImages.ToImages(split, [.. form.Classes], form.Shape), form);
    }

    private static LabelledImages Read(string location, string folder, ImageForm form, ImageCache? cache)
    {
        var files = ImageListing.HeldOut(folder, "the training", [.. form.Classes]);
        var pictures = new FolderPictures(location, [.. files.Select(file => file.Path)], trainCount: 0, cache, DataProgress.None).Decode(form.Shape);
        var images = pictures.Planes.Select(planes => (ReadOnlyMemory<byte>)Picture.WithChannels(planes, form.Shape.Places, form.Shape.Channels));
        return InShades(new LabelledImages(form.Shape, images, files.Select(file => file.Label), form.Classes), form);
    }

    private static LabelledImages InShades(LabelledImages images, ImageForm form)
    {
        if (form.White == images.White)
            return images;
        ReadOnlyMemory<byte> Shaded(int image)
        {
            byte[] pixels = images[image].ToArray();
            form.ToShades(pixels);
            return pixels;
        }
        return new LabelledImages(form.Shape, Enumerable.Range(0, images.Count).Select(Shaded), images.Labels.ToArray(), form.Classes) { White = form.White };
    }
}
