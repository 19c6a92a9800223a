using ModularNetworks.Engine;

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
            Work = request.EndsWith('e') ? WorkOf(controller).Search(Samples) : WorkOf(controller).GradientStep(Parameters(controller)),
        };

    private static ImageClassifierSizes Sizes(ImageController controller) =>
        new() { Image = Image, Classes = Classes, Controller = controller };

    private static ImageWork WorkOf(ImageController controller) => new(Sizes(controller), BatchSize);

    private static double Parameters(ImageController controller) =>
        new ImageClassifier(Sizes(controller), new ModeSelection(), new ImageAugmentation(), RandomKey.FromSeed(0))
            .Parameters.Sum(parameter => (double)parameter.Shape.Count);

    private static Action MStep(Problem problem, BenchSetup setup)
    {
        var mStep = new MStep<ImageBatch>(
            problem.Classifier,
            new StoredCompositions<ImageBatch>(problem.Compositions),
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
