namespace ModularNetworks.Benchmarks;

/// <summary>The work that the steps of an image classifier take at least, for one mini-batch.</summary>
/// <param name="sizes">The sizes of the classifier.</param>
/// <param name="batch">The number of images in the mini-batch.</param>
internal sealed class ImageWork(ImageClassifierSizes sizes, int batch)
{
    private const int WindowSize = 9;

    private double Pictures => batch * sizes.Image.Count * sizeof(float);

    /// <summary>Forward, backward (twice the products, but no gradient of the images), optimiser.</summary>
    /// <param name="parameters">The number of the classifier's parameters.</param>
    public Work GradientStep(double parameters)
    {
        var (modules, controllers, first) = OperationsPerImage();
        return new Work(
            new WorkPart("forward and backward", batch * (3 * (modules + controllers) - first), Bytes: 2.0 * Pictures),
            LanguageModelWork.Optimizer(parameters));
    }

    /// <summary>Forward only. All compositions of an image share the first controller and the first layer's filters.</summary>
    /// <param name="samples">The number of compositions that are tried beside the stored one.</param>
    public Work Search(int samples)
    {
        var (modules, controllers, first) = OperationsPerImage();
        double ofOne = first + Convolution(0, sizes.Modules - sizes.Picks);
        double ofAll = (samples + 1) * (modules + controllers - first);
        return new Work(new WorkPart("forward", batch * (ofOne + ofAll), Bytes: Pictures));
    }

    // Operations of the selected modules, of the controllers, and of both in the first layer.
    private (double Modules, double Controllers, double First) OperationsPerImage()
    {
        double modules = 0, controllers = 0, first = 0;
        int logits = sizes.Picks * sizes.Modules;
        for (int layer = 0; layer < sizes.Convolutions; layer++)
        {
            modules += Convolution(layer, sizes.Picks);
            controllers += sizes.Controller == ImageController.Conv
                ? Convolution(layer, sizes.ControllerFilters) + 2 * sizes.ControllerFilters * logits
                : 2 * Inputs(layer) * logits;
            first = layer == 0 ? modules + controllers : first;
        }
        double flat = Inputs(sizes.Convolutions), hidden = sizes.Picks * sizes.Hidden;
        modules += 2 * (flat * hidden + hidden * sizes.Picks * sizes.Classes);
        controllers += 2 * (flat + hidden) * logits;
        return (modules, controllers, first);
    }

    private double Convolution(int layer, int filters) => 2 * Pixels(layer + 1) * WindowSize * Channels(layer) * filters;

    private double Inputs(int layer) => Pixels(layer) * Channels(layer);

    private double Channels(int layer) => layer == 0 ? sizes.Image.Channels : sizes.Picks;

    // Each convolution halves height and width.
    private double Pixels(int layer) => sizes.Image.Height * sizes.Image.Width >> (2 * layer);
}
