namespace ModularNetworks.Engine;

/// <summary>
/// Makes images smaller: one number for every channel at each position of a window,
/// <c>[rows, channels * height * width] -> [rows, channels * positions]</c>.
/// </summary>
public sealed class Pooling : Layer
{
    private readonly Func<Tape, Tensor, ImagePatches, Tensor> _pool;

    private Pooling(ImageShape image, Window window, Func<Tape, Tensor, ImagePatches, Tensor> pool)
    {
        Patches = new ImagePatches(image, window);
        _pool = pool;
    }

    /// <summary>The size of the images that go in, and the window.</summary>
    public ImagePatches Patches { get; }

    /// <summary>The size of the images that come out.</summary>
    public ImageShape Output => Patches.Output(Patches.Image.Channels);

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <summary>Takes the largest number.</summary>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    public static Pooling Max(ImageShape image, Window window) =>
        new(image, window, static (tape, input, patches) => tape.MaxPool(input, patches));

    /// <summary>Takes the mean.</summary>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    public static Pooling Average(ImageShape image, Window window) =>
        new(image, window, static (tape, input, patches) => tape.AveragePool(input, patches));

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The input's rows are not images of the layer's size.</exception>
    public override Tensor Forward(Tape tape, Tensor input) => _pool(tape, input, Patches);
}
