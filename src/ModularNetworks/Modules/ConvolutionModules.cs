using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Modules that are convolutions, followed by an activation: each holds some filters of one size (section 3.3). Images and
/// what comes out of them are rows in the order channel, row, column, so that a concatenation of modules is one of channels.
/// </summary>
public sealed class ConvolutionModules : ModulePool
{
    private readonly FamilyWeight _weight;

    /// <summary>Creates the modules, each initialised as a layer of its own (Glorot uniform filters, zero biases).</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="modules">M.</param>
    /// <param name="image">The size of the images.</param>
    /// <param name="outputs">The number of filters of a module, each of which gives a channel.</param>
    /// <param name="window">The size of the filters and their stride.</param>
    /// <param name="activation">Applied to every module's output.</param>
    /// <param name="key">Decides the filters.</param>
    /// <param name="families">Which modules are related; by default none.</param>
    /// <exception cref="ArgumentException">There are more families than modules.</exception>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    public ConvolutionModules(
        string name,
        int modules,
        ImageShape image,
        int outputs,
        Window window,
        Activation activation,
        RandomKey key,
        ModuleFamilies families = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentNullException.ThrowIfNull(activation);
        Modules = modules;
        Patches = new ImagePatches(image, window);
        Activation = activation;
        _weight = new FamilyWeight(
            name, new Shape(modules, outputs, Patches.Size), Patches.Size, outputs * window.Size * window.Size, families, key);
        Bias = new Parameter($"{name}.bias", new Shape(modules, outputs), stacked: true);
        Parameters = [.. _weight.Parameters, Bias];
    }

    /// <inheritdoc/>
    public override int Modules { get; }

    /// <inheritdoc/>
    public override ModuleFamilies Families => _weight.Families;

    /// <summary>Applied to every module's output.</summary>
    public Activation Activation { get; }

    /// <summary>The size of the images that go in, and the window.</summary>
    public ImagePatches Patches { get; }

    /// <summary>The size of the images that K concatenated modules give.</summary>
    public ImageShape Output(int picks) => Patches.Output(Sizes.Product(Bias.Name, picks, Bias.Shape[1]));

    /// <summary>
    /// <c>[modules, outputs, channels * window * window]</c>, a filter's numbers in the order channel, row, column; with
    /// families what each module has alone, zero at first.
    /// </summary>
    public Parameter Weight => _weight.Own;

    /// <summary><c>[modules, outputs]</c>.</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override long MultiplyAdds => (long)Patches.Positions * Weight.Shape[1] * Weight.Shape[2];

    /// <inheritdoc/>
    public override bool SharesInputs => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(tape);
        // The usual activation is a part of the convolution's kernel.
        bool rectify = Activation == Activation.Relu;
        var output = tape.PickedConvolution(input, Patches, selection, Weights(tape), Bias.Value, rectify);
        return rectify ? output : Activation.Forward(tape, output);
    }

    /// <summary>The filters that modules compute with, of <see cref="Weight"/>'s shape, whether related or not.</summary>
    /// <param name="tape">Records the sum of what is common and what is not.</param>
    public Tensor Weights(Tape tape) => _weight.Sum(tape);
}
