using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Images to learn from, other images to measure generalisation with, and how both are normalised.</summary>
public sealed class ImageSplits
{
    /// <summary>Puts two splits together.</summary>
    /// <param name="train">The images to learn from; the normalisation is measured on them.</param>
    /// <param name="test">The other images.</param>
    /// <exception cref="ArgumentException">The splits differ in the size of the images or in their classes.</exception>
    public ImageSplits(LabelledImages train, LabelledImages test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        Train = train;
        Test = Checked(test, "test");
        Normalization = ImageNormalization.Of(train);
    }

    /// <summary>
    /// Tells these images from others: a checksum (XxHash128) over sizes, class names, labels and pixels of all splits, in
    /// hexadecimal digits.
    /// </summary>
    public string Fingerprint
    {
        get
        {
            var fingerprint = new Fingerprint();
            foreach (var images in (LabelledImages[])[Train, .. Valid is null ? [] : (LabelledImages[])[Valid], Test])
            {
                fingerprint.Add($"{images.Shape}");
                fingerprint.Add(images.Classes);
                fingerprint.Add(images.Labels);
                for (int image = 0; image < images.Count; image++)
                    fingerprint.Add(images[image]);
            }
            return fingerprint.ToString();
        }
    }

    /// <summary>The images to learn from.</summary>
    public LabelledImages Train { get; }

    /// <summary>Other images of the same classes, to measure generalisation.</summary>
    public LabelledImages Test { get; }

    /// <summary>Images to choose settings by; null if there are none but those that are kept out of the training images.</summary>
    /// <exception cref="ArgumentException">They differ from the training images in size or classes.</exception>
    public LabelledImages? Valid { get; init => field = value is null ? null : Checked(value, "validation"); }

    /// <summary>The normalisation of all splits, measured on the training images.</summary>
    public ImageNormalization Normalization { get; }

    private LabelledImages Checked(LabelledImages images, string split) =>
        Train.Shape == images.Shape && Train.Classes.SequenceEqual(images.Classes)
            ? images
            : throw new ArgumentException(
                $"ImageSplits: training images are {Train.Shape} in {Counted.Of(Train.Classes.Count, "class", "classes")}, {split} images {images.Shape} in "
                + $"{images.Classes.Count}; sizes and classes must be the same.");
}
