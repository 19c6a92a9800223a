using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Benchmarks;

/// <summary>
/// Steps of the paper's image classifiers (appendix D) on one mini-batch of random images: how long a step takes does not
/// depend on which images they are.
/// </summary>
internal static class ImageCases
{
    private const int BatchSize = 128;
    private const int Samples = 10;
    private const int Classes = 10;
    private const int WindowSize = 9;
    private const int GradientSteps = 75;
    private const int Searches = 45;

    private static readonly ImageShape Image = new(3, 32, 32);

    public static IReadOnlyList<BenchCase> All { get; } =
    [
        Case("M-step 10/2, linear controllers", "linear m", GradientSteps, ImageController.Linear, MStep),
        Case("E-step 10/2, linear controllers", "linear e", Searches, ImageController.Linear, EStep),
        Case("M-step 10/2, convolutional controllers", "conv m", GradientSteps, ImageController.Conv, MStep),
        Case("E-step 10/2, convolutional controllers", "conv e", Searches, ImageController.Conv, EStep),
    ];

    private static BenchCase Case(
        string name, string request, int steps, ImageController controller, Func<Problem, BenchSetup, Action> create) =>
        new(BenchTopic.Cnn, name, steps, setup => create(new Problem(setup, controller), setup))
        {
            PeerRequest = $"{request} 10 2",
            Work = request.EndsWith('e') ? Search(Sizes(controller)) : GradientStep(Sizes(controller)),
        };

    private static ImageClassifierSizes Sizes(ImageController controller) =>
        new() { Image = Image, Classes = Classes, Controller = controller };

    private static Action MStep(Problem problem, BenchSetup setup)
    {
        var mStep = new MStep<ImageBatch>(
            problem.Classifier,
            problem.Compositions,
            new Tape(setup.Kernels),
            new Adam(problem.Classifier.Parameters, setup.Kernels));
        return () => mStep.Run(problem.Datapoints, problem.Batch, setup.Key);
    }

    private static Action EStep(Problem problem, BenchSetup setup)
    {
        var eStep = new EStep<ImageBatch>(
            problem.Classifier, problem.Compositions, new Tape(setup.Kernels), new SampledCandidates<ImageBatch>(Samples));
        ulong steps = 0;
        return () => eStep.Run(problem.Datapoints, problem.Batch, setup.Key.Split("samples").Split(steps++));
    }

    // Forward, backward (twice the products, but no gradient of the images), optimiser.
    private static Work GradientStep(ImageClassifierSizes sizes)
    {
        var (modules, controllers, first) = OperationsPerImage(sizes);
        double pixels = 2.0 * BatchSize * Image.Count * sizeof(float);
        return new Work(
            new WorkPart("forward and backward", BatchSize * (3 * (modules + controllers) - first), Bytes: pixels),
            LanguageModelCases.Optimizer(Parameters(sizes)));
    }

    // Forward only. All compositions of an image share the first controller and the first layer's filters.
    private static Work Search(ImageClassifierSizes sizes)
    {
        var (modules, controllers, first) = OperationsPerImage(sizes);
        double ofOne = first + Convolution(0, sizes.Modules - sizes.Parallel, sizes);
        double ofAll = (Samples + 1) * (modules + controllers - first);
        return new Work(new WorkPart("forward", BatchSize * (ofOne + ofAll), Bytes: BatchSize * Image.Count * sizeof(float)));
    }

    /// <summary>Operations of the selected modules, of the controllers, and of both in the first layer.</summary>
    private static (double Modules, double Controllers, double First) OperationsPerImage(ImageClassifierSizes sizes)
    {
        double modules = 0, controllers = 0, first = 0;
        int logits = sizes.Parallel * sizes.Modules;
        for (int layer = 0; layer < sizes.Convolutions; layer++)
        {
            modules += Convolution(layer, sizes.Parallel, sizes);
            controllers += sizes.Controller == ImageController.Conv
                ? Convolution(layer, sizes.ControllerFilters, sizes) + 2 * sizes.ControllerFilters * logits
                : 2 * Inputs(layer, sizes) * logits;
            first = layer == 0 ? modules + controllers : first;
        }
        double flat = Inputs(sizes.Convolutions, sizes), hidden = sizes.Parallel * sizes.Hidden;
        modules += 2 * (flat * hidden + hidden * sizes.Parallel * sizes.Classes);
        controllers += 2 * (flat + hidden) * logits;
        return (modules, controllers, first);
    }

    private static double Convolution(int layer, int filters, ImageClassifierSizes sizes) =>
        2 * Pixels(layer + 1) * WindowSize * Channels(layer, sizes) * filters;

    private static double Inputs(int layer, ImageClassifierSizes sizes) => Pixels(layer) * Channels(layer, sizes);

    private static double Channels(int layer, ImageClassifierSizes sizes) => layer == 0 ? Image.Channels : sizes.Parallel;

    /// <summary>The pixels of a layer: each convolution halves height and width.</summary>
    private static double Pixels(int layer) => Image.Height * Image.Width >> (2 * layer);

    private static double Parameters(ImageClassifierSizes sizes) =>
        new ImageClassifier(sizes, new ModeSelection(), new ImageAugmentation(), RandomKey.FromSeed(0))
            .Parameters.Sum(parameter => (double)parameter.Shape.Count);

    /// <summary>A classifier and one mini-batch.</summary>
    private sealed class Problem
    {
        public Problem(BenchSetup setup, ImageController controller)
        {
            Classifier = new ImageClassifier(
                Sizes(controller), new ModeSelection(), new ImageAugmentation(), setup.Key.Split("network"));
            Compositions = new CompositionStore(Classifier.Layout, BatchSize, setup.Key.Split("compositions"));
            Batch = new ImageBatch(
                setup.RandomTensor(new Shape(BatchSize, Image.Count), "images"),
                setup.RandomIndices(new Shape(BatchSize), Classes, "classes"));
        }

        public ImageClassifier Classifier { get; }

        public CompositionStore Compositions { get; }

        public ImageBatch Batch { get; }

        public int[] Datapoints { get; } = [.. Enumerable.Range(0, BatchSize)];
    }
}
