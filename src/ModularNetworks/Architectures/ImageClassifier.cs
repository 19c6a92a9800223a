using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The paper's image classifier (section 3.3, appendix D): modular convolutional layers, whose modules' channels are
/// concatenated, then two modular fully connected layers, the outputs of the last of which are summed to logits.
/// </summary>
public sealed class ImageClassifier : ModularNetwork<ImageBatch>
{
    // Even sizes become half: the window's last row and column reach beyond the image.
    private static readonly Window Halving = new(3, Stride: 2, PaddingBefore: 0, PaddingAfter: 1);

    private readonly SelectionRule _rule;
    private readonly List<ModularLayer> _layers = [];
    private readonly ImageAugmentation _augmentation;

    /// <summary>Creates the classifier.</summary>
    /// <param name="sizes">The sizes of its parts.</param>
    /// <param name="rule">How the trained classifier selects its modules, which decides what chooses them.</param>
    /// <param name="augmentation">The changes that gradient steps make to the images.</param>
    /// <param name="key">Decides the initial weights.</param>
    /// <exception cref="ShapeException">The images are too small for the convolutions.</exception>
    public ImageClassifier(
        ImageClassifierSizes sizes, SelectionRule rule, ImageAugmentation augmentation, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(rule);
        (Sizes, _rule, _augmentation) = (sizes, rule, augmentation);
        var image = sizes.Image;
        for (int i = 0; i < sizes.Convolutions; i++)
            image = AddConvolution($"convolution{i + 1}", image, key);
        AddLinear("hidden", image.Count, sizes.Hidden, Activation.Relu, Combination.Concatenate, key);
        AddLinear("output", sizes.Picks * sizes.Hidden, sizes.Classes, Activation.None, Combination.Sum, key);
        Layout = new CompositionLayout([.. _layers.Select(layer => layer.Layout)]);
        Parameters = [.. _layers.SelectMany(layer => layer.Parameters)];
    }

    /// <summary>The sizes of its parts.</summary>
    public ImageClassifierSizes Sizes { get; }

    /// <summary>The multiply-adds for one image, of all layers.</summary>
    public long MultiplyAdds => _layers.Sum(layer => layer.MultiplyAdds(_rule));

    /// <summary>The modular layers, in the order in which they run.</summary>
    public IReadOnlyList<ModularLayer> Layers => _layers;

    /// <inheritdoc/>
    public override CompositionLayout Layout { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> ControllerParameters => [.. _layers.SelectMany(layer => layer.Chooser.Parameters)];

    /// <inheritdoc/>
    public override Tensor LogLikelihood(ForwardPass pass, ImageBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return CategoricalLikelihood.LogLikelihood(pass, Logits(pass, batch.Images), batch.Classes);
    }

    /// <summary>The unnormalised log-probabilities of the classes.</summary>
    /// <param name="pass">Decides how modules are selected.</param>
    /// <param name="images"><c>[batch, channels * height * width]</c>.</param>
    /// <returns><c>[rows, classes]</c>.</returns>
    /// <exception cref="ShapeException">The images have another shape.</exception>
    public Tensor Logits(ForwardPass pass, Tensor images)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(images);
        Sizes.Image.RequireRows("ImageClassifier", images.Shape);
        var features = Augment(pass, images);
        foreach (var layer in _layers)
            features = layer.Forward(pass, features);
        return features;
    }

    private ImageShape AddConvolution(string name, ImageShape image, RandomKey key)
    {
        var modules = new ConvolutionModules(
            $"{name}.modules", Sizes.Modules, image, Sizes.Filters, Halving, Activation.Relu, key.Split($"{name}.modules"),
            Sizes.Families);
        var controller = ChooserOf(name, image, key.Split($"{name}.controller"));
        _layers.Add(new ModularLayer(name, modules, controller, Combination.Concatenate));
        return modules.Output(Sizes.Picks);
    }

    private void AddLinear(
        string name, int inputs, int outputs, Activation activation, Combination combination, RandomKey key)
    {
        var modules = new LinearModules(
            $"{name}.modules", Sizes.Modules, inputs, outputs, activation, key.Split($"{name}.modules"), Sizes.Families);
        _layers.Add(new ModularLayer(name, modules, ChooserOf(name, inputs, key.Split($"{name}.controller")), combination));
    }

    private Chooser ChooserOf(string name, ImageShape image, RandomKey key) => Sizes.Controller == ImageController.Conv
        ? ChooserOf(name, image.Count, () => new ConvolutionController(
            $"{name}.controller", image, Sizes.ControllerFilters, Halving, Sizes.Modules, Sizes.Picks, key, Sizes.Families))
        : ChooserOf(name, image.Count, key);

    private Chooser ChooserOf(string name, int inputs, RandomKey key) => ChooserOf(name, inputs, () => new LinearController(
        $"{name}.controller", inputs, Sizes.Modules, Sizes.Picks, key, Sizes.Families));

    private Chooser ChooserOf(string name, int inputs, Func<Controller> controller) =>
        _rule.CreateChooser(Sizes.Picks, controller, () => new NoisyGate($"{name}.gate", inputs, Sizes.Modules));

    /// <summary>Changes the images in gradient steps, and leaves them as they are in all other runs.</summary>
    private Tensor Augment(ForwardPass pass, Tensor images)
    {
        if (!pass.IsTraining || !_augmentation.IsOn)
            return images;
        var augmentationKey = pass.TrainingKey.Split("augmentation");
        var changed = pass.Tape.Rent(images.Shape);
        int numbers = Sizes.Image.Count;
        for (int row = 0; row < images.Shape[0]; row++)
        {
            _augmentation.Apply(
                augmentationKey, row, Sizes.Image,
                images.Values.Slice(row * numbers, numbers), changed.Values.Slice(row * numbers, numbers));
        }
        return changed;
    }
}
