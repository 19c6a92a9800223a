using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A controller that cannot overfit to single places of an image (section 3.3): filters, their means over the image, and a
/// linear map of those.
/// </summary>
public sealed class ConvolutionController : Controller
{
    private readonly Sequential _layers;

    /// <summary>Creates the controller with Glorot uniform weights and zero biases.</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="image">The size of the images.</param>
    /// <param name="filters">The number of filters.</param>
    /// <param name="window">The size of the filters and their stride.</param>
    /// <param name="modules">M.</param>
    /// <param name="picks">K.</param>
    /// <param name="key">Decides the initial weights.</param>
    /// <param name="families">Which modules the choices begin with; by default all.</param>
    /// <exception cref="ArgumentException">There are more families than modules.</exception>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    public ConvolutionController(
        string name,
        ImageShape image,
        int filters,
        Window window,
        int modules,
        int picks,
        RandomKey key,
        ModuleFamilies families = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(picks, 1);
        Modules = modules;
        Picks = picks;
        Families = families;
        var patches = new ImagePatches(image, window);
        MultiplyAdds = filters * (((long)patches.Positions * patches.Size) + ((long)picks * modules));
        Filters = new Convolution(
            $"{name}.filters", image, filters, window, key.Split("filters"), rectify: true, average: true);
        Linear = new Linear($"{name}.linear", filters, Sizes.Product(name, picks, modules), key.Split("linear"));
        families.Separate(Linear.Bias!, modules);
        _layers = new Sequential(Filters, Linear);
    }

    /// <summary>The filters, whose rectified outputs are averaged over the image.</summary>
    public Convolution Filters { get; }

    /// <summary>The linear map of the averages, <c>[rows, filters] -> [rows, K * modules]</c>.</summary>
    public Linear Linear { get; }

    /// <inheritdoc/>
    public override int Modules { get; }

    /// <inheritdoc/>
    public override int Picks { get; }

    /// <inheritdoc/>
    public override ModuleFamilies Families { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _layers.Parameters;

    /// <inheritdoc/>
    public override long MultiplyAdds { get; }

    /// <inheritdoc/>
    public override SelectionLogits Logits(Tape tape, ControllerInput input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input.Values);
        var logits = _layers.Forward(tape, input.Values);
        return tape.Reshape(logits, new Shape(logits.Shape.Rows, Picks, Modules));
    }
}
