using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>
/// Predictions for one datapoint, as a program makes them that serves a model: on one thread, each timed alone; and those of <see cref="SharedModelCases"/>.
/// </summary>
internal static class InferenceCases
{
    private const int Words = 10_000;
    private const int Classes = 10;
    private const int Predictions = 20_000;
    private const int LongPredictions = 2_000;
    private const double Median = 50;
    private const double Slow = 99;

    // Read again and again: the words' vectors are then in the cache, as those of frequent words are in a text.
    private const int TextLength = 512;

    private static readonly ImageShape Image = new(3, 32, 32);

    public static IReadOnlyList<BenchCase> All { get; } =
    [
        .. Cases("language model 5/1 reads a word", Predictions, "predict 5", setup => Reader(setup, 5)),
        .. Cases("language model 15/1 reads a word", Predictions, "predict 15", setup => Reader(setup, 15)),
        .. Cases("and tells the most probable next one", LongPredictions, null, NextWord),
        .. Cases("image classifier 10/2, linear controllers", LongPredictions, null, setup => Classifier(setup, ImageController.Linear)),
        .. Cases("image classifier 10/2, convolutional controllers", LongPredictions, null, setup => Classifier(setup, ImageController.Conv)),
        .. SharedModelCases.All,
    ];

    private static IEnumerable<BenchCase> Cases(string name, int count, string? request, Func<BenchSetup, Action> prepare)
    {
        var median = new BenchCase(BenchTopic.Inference, $"{name}, median", count, prepare)
        {
            PeerRequest = request,
            IsSingleThreaded = true,
            Percentile = Median,
        };
        return [median, median with { Name = $"{name}, 99th percentile", Percentile = Slow }];
    }

    private static Action Reader(BenchSetup setup, int modules)
    {
        var (predictor, text) = LanguageModel(setup, modules);
        int next = 0;
        return () => predictor.Read(text[next++ % TextLength]);
    }

    private static Action NextWord(BenchSetup setup)
    {
        var (predictor, text) = LanguageModel(setup, modules: 15);
        int next = 0;
        return () =>
        {
            predictor.Read(text[next++ % TextLength]);
            predictor.MostProbableWord();
        };
    }

    private static (NextWordPredictor Predictor, int[] Text) LanguageModel(BenchSetup setup, int modules)
    {
        var sizes = new LanguageModelSizes { Modules = modules };
        var model = new LanguageModel(sizes, Words, new ModeSelection(), setup.Key.Split("network"));
        return (new NextWordPredictor(model), setup.RandomIndices(new Shape(TextLength), Words, "text").Values.ToArray());
    }

    private static Action Classifier(BenchSetup setup, ImageController controller)
    {
        var (model, image) = ClassifierOf(setup, controller);
        var answer = new ModelAnswer();
        return () => model.Predict(image, answer);
    }

    /// <summary>A classifier of images with the weights that it begins with, and an image.</summary>
    public static (ModularModel Model, float[] Image) ClassifierOf(BenchSetup setup, ImageController controller)
    {
        var sizes = new ImageClassifierSizes { Image = Image, Classes = Classes, Controller = controller };
        var classifier = new ImageClassifier(sizes, new ModeSelection(), new ImageAugmentation(), setup.Key.Split("network"));
        float[] image = setup.RandomTensor(new Shape(Image.Count), "image").Values.ToArray();
        return (new ModularModel(classifier.Layout, Image.Count, classifier.Logits), image);
    }
}
