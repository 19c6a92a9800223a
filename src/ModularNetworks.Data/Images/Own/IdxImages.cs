using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Makes labelled images of idx files as <see cref="OwnImages"/> says.</summary>
internal static class IdxImages
{
    /// <summary>Reads all splits.</summary>
    /// <param name="files">The files.</param>
    /// <param name="wanted">The size that images get; 0 for what they are.</param>
    /// <exception cref="DataException">A file is damaged, a class has too few images, or the images would fill the memory.</exception>
    public static ImageSplits Load(IdxFolder files, ImageShape wanted)
    {
        var train = IdxSplit.Read(files.TrainImages, files.TrainLabels);
        IdxSplit test;
        if (files.TestImages is not null)
            test = IdxSplit.Read(files.TestImages, files.TestLabels!);
        else
            (train, test) = Divide(train);
        // In the order of folders of these names.
        string[] classes = [.. train.Labels.Distinct().Select(label => $"{label}").Order(StringComparer.Ordinal)];
        if (classes.Length < 2)
            throw new DataException($"{train.Path}: all images have the label {classes[0]}; at least two classes are needed.");
        var (height, width) = wanted.Height > 0 ? (wanted.Height, wanted.Width) : DecodedPictures.UsualSize([(train.Height, train.Width)]);
        var shape = new ImageShape(Math.Max(wanted.Channels, 1), height, width);
        OwnImages.CheckMemory(files.Folder, train.Images.Count + test.Images.Count, shape);
        return new ImageSplits(ToImages(train, classes, shape), ToImages(test, classes, shape));
    }

    /// <summary>Holds images of each class out for the test.</summary>
    private static (IdxSplit Train, IdxSplit Test) Divide(IdxSplit all)
    {
        var ofClasses = Enumerable.Range(0, all.Labels.Length).GroupBy(n => all.Labels[n]).ToArray();
        if (ofClasses.FirstOrDefault(numbers => numbers.Count() < 2) is { } alone)
        {
            throw new DataException(
                $"{all.Path}: one image has the label {alone.Key}; a class needs at least 2, to train and to test with. Add images, or test images (t10k).");
        }
        HashSet<int> held = [.. ofClasses.SelectMany(numbers => HeldOutImages.Of(numbers, n => $"{n}"))];
        return (all.Choose([.. Enumerable.Range(0, all.Labels.Length).Where(n => !held.Contains(n))]), all.Choose([.. held.Order()]));
    }

    /// <summary>The images class by class, each in the order of the file.</summary>
    /// <param name="split">The images.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="shape">The size that they get.</param>
    /// <exception cref="DataException">A label names no class.</exception>
    public static LabelledImages ToImages(IdxSplit split, string[] classes, ImageShape shape)
    {
        int[] ofLabel = [.. Enumerable.Range(0, byte.MaxValue + 1).Select(label => Array.IndexOf(classes, $"{label}"))];
        int unknown = Array.FindIndex(split.Labels, label => ofLabel[label] < 0);
        if (unknown >= 0)
        {
            throw new DataException(
                $"{split.Path}: image {unknown} has the label {split.Labels[unknown]}, a class without training images; those with are "
                + $"{string.Join(", ", classes)}. Add training images, or remove these.");
        }
        int[] order = [.. Enumerable.Range(0, split.Labels.Length).OrderBy(n => ofLabel[split.Labels[n]])];
        bool areKept = shape == new ImageShape(1, split.Height, split.Width);
        return new LabelledImages(
            shape,
            areKept ? order.Select(n => split.Images[n]) : ReadInParallel.Run(order.Length, i => Brought(split, order[i], shape)),
            order.Select(n => ofLabel[split.Labels[n]]),
            classes);
    }

    private static ReadOnlyMemory<byte> Brought(IdxSplit split, int image, ImageShape shape)
    {
        var pixels = split.Images[image].Span;
        byte[] planes = PictureScale.Fill(pixels, split.Height, split.Width, channels: 1, shape.Height, shape.Width).ToPlanes();
        return Picture.WithChannels(planes, shape.Places, shape.Channels);
    }
}
