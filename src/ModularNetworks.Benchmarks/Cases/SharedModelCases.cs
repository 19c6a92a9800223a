using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>Many predictions by one model that threads share, beside the same number on one thread.</summary>
internal static class SharedModelCases
{
    private const int Threads = 16;
    private const int Pixels = 64;
    private const int Classes = 10;
    private const int Digits = 500;

    public static IReadOnlyList<BenchCase> All { get; } =
    [
        .. Cases(100_000, "digits by a ModularClassifier", steps: 3, Classifier),
        .. Cases(4096, "images, convolutional controllers", steps: 9, ImageModel),
    ];

    private static IEnumerable<BenchCase> Cases(int predictions, string what, int steps, Func<BenchSetup, Action<int>> prepare)
    {
        var alone = new BenchCase(BenchTopic.Inference, $"{predictions} {what}, one thread", steps, setup => OnThreads(prepare(setup), predictions, threads: 1))
        {
            IsSingleThreaded = true,
        };
        var shared = new BenchCase(
            BenchTopic.Inference, $"{predictions} {what}, one model on {Threads} threads", steps, setup => OnThreads(prepare(setup), predictions, Threads));
        return [alone, shared with { Beside = alone.Name }];
    }

    private static Action OnThreads(Action<int> predict, int predictions, int threads) => () =>
    {
        var running = new Thread[threads];
        for (int n = 0; n < threads; n++)
        {
            running[n] = new Thread(() => predict(predictions / threads));
            running[n].Start();
        }
        foreach (var thread in running)
            thread.Join();
    };

    private static Action<int> Classifier(BenchSetup setup)
    {
        float[] pixels = setup.RandomTensor(new Shape(Digits, Pixels), "digits").Values.ToArray();
        int[] labels = setup.RandomIndices(new Shape(Digits), Classes, "labels").Values.ToArray();
        var classifier = new ModularClassifier(Pixels, Classes, modules: 8, seed: 1);
        classifier.Fit(VectorRows.Of(pixels, Pixels), labels, new FitOptions { Steps = 1 });
        return count =>
        {
            for (int n = 0; n < count; n++)
                classifier.Predict(pixels.AsSpan(n % Digits * Pixels, Pixels));
        };
    }

    private static Action<int> ImageModel(BenchSetup setup)
    {
        var (model, image) = InferenceCases.ClassifierOf(setup, ImageController.Conv);
        return count =>
        {
            var answer = new ModelAnswer();
            for (int n = 0; n < count; n++)
                model.Predict(image, answer);
        };
    }
}
