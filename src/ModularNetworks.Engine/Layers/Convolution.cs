namespace ModularNetworks.Engine;

/// <summary>
/// A layer of filters that move over images: <c>[rows, channels * height * width] -> [rows, outputs * positions]</c>, or
/// <c>[rows, outputs]</c> if it averages. What
/// comes out are images with a channel for each filter, which need no flattening before a <see cref="Linear"/> layer.
/// </summary>
public sealed class Convolution : Layer
{
    private readonly bool _rectify;
    private readonly bool _average;

    /// <summary>Creates the layer with Glorot uniform filters and zero biases.</summary>
    /// <param name="name">Parameters are called <c>name.weight</c> and <c>name.bias</c>.</param>
    /// <param name="image">The size of the images.</param>
    /// <param name="outputs">The number of filters.</param>
    /// <param name="window">The size of the filters and their stride.</param>
    /// <param name="key">Decides the filters.</param>
    /// <param name="rectify">Whether to take the positive part of the output, which costs nothing here.</param>
    /// <param name="average">
    /// Whether to take the mean of each filter's output over the image: what a <see cref="ChannelMeans"/> layer behind this
    /// one would do, faster.
    /// </param>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    public Convolution(
        string name, ImageShape image, int outputs, Window window, RandomKey key, bool rectify = false, bool average = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        (_rectify, _average) = (rectify, average);
        Patches = new ImagePatches(image, window);
        Weight = new Parameter($"{name}.weight", new Shape(outputs, Patches.Size));
        Bias = new Parameter($"{name}.bias", new Shape(outputs));
        Initialization.GlorotUniform(Weight.Value, Patches.Size, outputs * window.Size * window.Size, key);
        Parameters = [Weight, Bias];
    }

    /// <summary>The size of the images that go in, and the window.</summary>
    public ImagePatches Patches { get; }

    /// <summary>The size of the images that come out, or are averaged.</summary>
    public ImageShape Output => Patches.Output(Weight.Shape[0]);

    /// <summary><c>[outputs, channels * window * window]</c>, a filter's numbers in the order channel, row, column.</summary>
    public Parameter Weight { get; }

    /// <summary><c>[outputs]</c>.</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The input's rows are not images of the layer's size.</exception>
    public override Tensor Forward(Tape tape, Tensor input) => _average
        ? tape.ConvolutionMeans(input, Patches, Weight.Value, Bias.Value, _rectify)
        : tape.Convolution(input, Patches, Weight.Value, Bias.Value, _rectify);
}
