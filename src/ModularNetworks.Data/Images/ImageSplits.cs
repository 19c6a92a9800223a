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
        if (train.Shape != test.Shape || !train.Classes.SequenceEqual(test.Classes))
        {
            throw new ArgumentException(
                $"ImageSplits: training images are {train.Shape} in {train.Classes.Count} classes, test images {test.Shape} in "
                + $"{test.Classes.Count}; sizes and classes must be the same.");
        }
        Train = train;
        Test = test;
        Normalization = ImageNormalization.Of(train);
    }

    /// <summary>
    /// Tells these images from others: a checksum (XxHash128) over sizes, class names, labels and pixels of both splits, in
    /// hexadecimal digits.
    /// </summary>
    public string Fingerprint
    {
        get
        {
            var fingerprint = new Fingerprint();
            foreach (var images in (LabelledImages[])[Train, Test])
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

    /// <summary>The normalisation of both splits, measured on the training images.</summary>
    public ImageNormalization Normalization { get; }
}
