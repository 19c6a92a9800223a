using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>The rules of a <see cref="DigitTask"/>: which pixel stands where, which label stands for which class, and what is appended.</summary>
internal sealed class DigitRules
{
    private const int Turns = 4;
    private const int NamedRules = 8;
    private const int AgreeingRules = 4;

    // The same rules for every seed of a training, so that trainings can be compared.
    private static readonly RandomKey Key = RandomKey.FromSeed(0).Split("digit rules");

    private readonly int[][] _pixels;
    private readonly int[][] _labels;
    private readonly bool _isNamed;

    /// <summary>Makes the rules.</summary>
    /// <param name="task">Says which.</param>
    /// <param name="image">The size of the images, of one channel.</param>
    /// <param name="classes">The number of classes.</param>
    public DigitRules(DigitTask task, ImageShape image, int classes)
    {
        int count = task switch { DigitTask.Plain => 1, DigitTask.Rotation => Turns, _ => NamedRules };
        _isNamed = task is DigitTask.Task or DigitTask.Several;
        _pixels = [.. Enumerable.Range(0, count).Select(rule => Turned(image, task == DigitTask.Rotation ? rule : 0))];
        _labels = [.. Enumerable.Range(0, count).Select(rule => Numbers(classes))];
        if (task != DigitTask.Plain)
        {
            for (int rule = 0; rule < count; rule++)
                _labels[rule] = Shuffled(classes, task == DigitTask.Several && rule < AgreeingRules ? 0 : rule);
        }
        Names = task == DigitTask.Rotation
            ? [.. Enumerable.Range(0, Turns).Select(turn => $"{90 * turn} degrees")]
            : [.. Enumerable.Range(1, count).Select(rule => $"rule {rule}")];
        Features = image.Count + (_isNamed ? count : 0);
    }

    private DigitRules(ImageShape image, int[][] pixels, int[][] labels, IReadOnlyList<string> names) =>
        (_pixels, _labels, Names, Features) = (pixels, labels, names, image.Count);

    /// <summary>The rules of a stream of tasks: turns of the image and sets of labels, new ones and known ones.</summary>
    /// <param name="image">The size of the images, of one channel.</param>
    /// <param name="classes">The number of classes.</param>
    public static DigitRules Stream(ImageShape image, int classes)
    {
        // The turn of the image and the number of the labels; labels 0 are the images' own.
        (int Turn, int Labels)[] rules = [(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (1, 5), (2, 6), (3, 7), (1, 2), (0, 0)];
        return new DigitRules(
            image,
            [.. rules.Select(rule => Turned(image, rule.Turn))],
            [.. rules.Select(rule => rule.Labels == 0 ? Numbers(classes) : Shuffled(classes, rule.Labels))],
            [.. rules.Select((rule, place) => $"task {place + 1}: {90 * rule.Turn} degrees, labels {rule.Labels}")]);
    }

    /// <summary>The number of rules.</summary>
    public int Count => _pixels.Length;

    /// <summary>The names of the rules.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The size of a vector.</summary>
    public int Features { get; }

    /// <summary>The label that a rule gives to a class.</summary>
    public int LabelOf(int rule, int @class) => _labels[rule][@class];

    /// <summary>Makes the vector of an image.</summary>
    /// <param name="rule">The rule's number.</param>
    /// <param name="image">The image's pixels.</param>
    /// <param name="white">The value of a pixel that becomes 1.</param>
    /// <param name="features">Receives the vector.</param>
    public void CopyTo(int rule, ReadOnlySpan<byte> image, float white, Span<float> features)
    {
        int[] pixels = _pixels[rule];
        for (int i = 0; i < pixels.Length; i++)
            features[i] = image[pixels[i]] / white;
        if (!_isNamed)
            return;
        features[pixels.Length..].Clear();
        features[pixels.Length + rule] = 1;
    }

    /// <summary>Where each pixel of an image that is turned counterclockwise comes from.</summary>
    private static int[] Turned(ImageShape image, int turns)
    {
        int size = image.Height;
        int[] from = Numbers(image.Count);
        for (; turns > 0; turns--)
            from = [.. Enumerable.Range(0, image.Count).Select(place => from[(place % size * size) + size - 1 - (place / size)])];
        return from;
    }

    /// <summary>A permutation of the labels.</summary>
    private static int[] Shuffled(int classes, int rule)
    {
        int[] labels = Numbers(classes);
        Key.Split((ulong)rule).Shuffle(labels);
        return labels;
    }

    private static int[] Numbers(int count) => [.. Enumerable.Range(0, count)];
}
