using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Images of one size, each with the label of its class, kept as bytes.</summary>
public sealed class LabelledImages
{
    // Images are parts of the arrays that they were read into, so that a set is held once and may exceed one array.
    private readonly ReadOnlyMemory<byte>[] _images;
    private readonly int[] _labels;
    private readonly string[] _classes;

    /// <summary>Puts images and labels together.</summary>
    /// <param name="shape">The size of every image.</param>
    /// <param name="images">
    /// The images, each <c>[channels * height * width]</c> in the order channel, row, column; the bytes are kept, not
    /// copied.
    /// </param>
    /// <param name="labels">The number of each image's class, <c>[images]</c>.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <exception cref="ArgumentException">
    /// There are no images, they and the labels are not equally many, an image has another size, or there is no class of a
    /// label.
    /// </exception>
    public LabelledImages(
        ImageShape shape, IEnumerable<ReadOnlyMemory<byte>> images, IEnumerable<int> labels, IEnumerable<string> classes)
    {
        Shape = shape;
        _images = [.. images];
        _labels = [.. labels];
        _classes = [.. classes];
        if (_images.Length == 0 || _images.Length != _labels.Length)
        {
            throw new ArgumentException(
                $"LabelledImages: {Counted.Of(_images.Length, "image")} and {Counted.Of(_labels.Length, "label")}; there must be at least one image and "
                + "a label for each.");
        }
        for (int n = 0; n < _images.Length; n++)
            Check(n);
    }

    /// <summary>The number of images.</summary>
    public int Count => _images.Length;

    /// <summary>The size of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The names of the classes; a label is a place in this list.</summary>
    public IReadOnlyList<string> Classes => _classes;

    /// <summary>The value that stands for white: 255, or less where values do not count shades, such as 16 where they count pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is 0.</exception>
    public byte White
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfZero(value);
            field = value;
        }
    } = byte.MaxValue;

    /// <summary>The number of each image's class, <c>[images]</c>.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>An image, <c>[channels * height * width]</c> in the order channel, row, column.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no image of this number.</exception>
    public ReadOnlySpan<byte> this[int image] => _images[Require(image)].Span;

    /// <summary>Some of the images, which share their bytes with this set.</summary>
    /// <param name="images">The numbers of the images.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    /// <exception cref="IndexOutOfRangeException">There is no image of a number.</exception>
    public LabelledImages Choose(IReadOnlyList<int> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return new(Shape, images.Select(n => _images[Require(n)]), images.Select(n => _labels[n]), _classes) { White = White };
    }

    private int Require(int image) => (uint)image < (uint)Count ? image : throw new ArgumentOutOfRangeException(
        nameof(image), $"LabelledImages: image {image} is wanted; there are 0 to {Count - 1}.");

    private void Check(int n)
    {
        if (_images[n].Length != Shape.Count)
        {
            throw new ArgumentException(
                $"LabelledImages: image {n} has {Counted.Of(_images[n].Length, "value")}; images of {Shape} have {Shape.Count}.");
        }
        if ((uint)_labels[n] >= (uint)_classes.Length)
        {
            throw new ArgumentException(
                $"LabelledImages: image {n} has the label {_labels[n]}; labels of {_classes.Length} classes are 0 to "
                + $"{_classes.Length - 1}.");
        }
    }
}
