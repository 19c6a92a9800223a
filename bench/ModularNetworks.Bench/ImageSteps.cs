using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Bench;

/// <summary>
/// The image classifier at the paper's sizes with one mini-batch of random images; how long a step takes does not depend on
/// which images they are.
/// </summary>
internal sealed class ImageSteps : IModelSteps
{
    private const int BatchSize = 128;
    private const int Samples = 10;
    private const int Classes = 10;

    private static readonly ImageShape Image = new(3, 32, 32);

    private readonly RandomKey _key;
    private readonly ImageBatch _batch;
    private readonly int[] _datapoints = [.. Enumerable.Range(0, BatchSize)];
    private readonly EStep<ImageBatch> _eStep;
    private readonly MStep<ImageBatch> _mStep;
    private ulong _eSteps;

    /// <summary>Creates the classifier and the mini-batch.</summary>
    /// <param name="modules">M.</param>
    /// <param name="parallel">K.</param>
    /// <param name="controller">What selects the modules of convolutional layers.</param>
    /// <param name="kernels">What does the arithmetic.</param>
    /// <param name="key">Decides weights, images and samples.</param>
    public ImageSteps(int modules, int parallel, ImageController controller, Kernels kernels, RandomKey key)
    {
        _key = key;
        _batch = RandomBatch(key);
        var sizes = new ImageClassifierSizes
        {
            Image = Image,
            Classes = Classes,
            Modules = modules,
            Parallel = parallel,
            Controller = controller,
        };
        var classifier = new ImageClassifier(sizes, Selector.Controller, new ImageAugmentation(), key.Split("network"));
        var tape = new Tape(kernels);
        var compositions = new CompositionStore(classifier.Layout, BatchSize, key.Split("compositions"));
        _eStep = new EStep<ImageBatch>(classifier, compositions, tape, new SampledCandidates<ImageBatch>(Samples));
        _mStep = new MStep<ImageBatch>(classifier, compositions, tape, new Adam(classifier.Parameters, kernels));
    }

    /// <inheritdoc/>
    public void Take(StepKind kind)
    {
        switch (kind)
        {
            case StepKind.M:
                _mStep.Run(_datapoints, _batch);
                break;
            case StepKind.E:
                _eStep.Run(_datapoints, _batch, _key.Split("samples").Split(_eSteps++));
                break;
            default:
                throw new ArgumentException($"There is no step {kind} of the image classifier.");
        }
    }

    private static ImageBatch RandomBatch(RandomKey key)
    {
        var (imageKey, classKey) = (key.Split("images"), key.Split("classes"));
        var images = Tensor.Allocate(new Shape(BatchSize, Image.Count));
        for (int i = 0; i < images.Values.Length; i++)
            images.Values[i] = (float)imageKey.Normal((ulong)i);
        var classes = IndexTensor.Allocate(new Shape(BatchSize));
        for (int i = 0; i < BatchSize; i++)
            classes.Values[i] = classKey.Below((ulong)i, Classes);
        return new ImageBatch(images, classes);
    }
}
