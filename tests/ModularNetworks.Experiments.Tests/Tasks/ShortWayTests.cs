using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class ShortWayTests
{
    private const int Features = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_classifier_and_a_run_of_a_table_leave_the_same_bits(int picks)
    {
        var options = new TableOptions { Modules = 4, Picks = picks, Steps = 120, BatchSize = 32, Seed = 5 };
        var sizes = options.Network.Sizes(options, Features, classes: 2) with { Families = options.RelatedModules };
        using var workers = new WorkerPool(threadCount: 1);
        var (rows, labels) = Rows();
        var points = TaskPoints.OfClasses(rows, ["all"], new int[labels.Length], ["even", "odd"], labels);
        var run = new TaskExperiment(options, sizes, options.Network, new TaskSplits(points, points, points), SimdKernels.Create(workers));
        while (run.Trainer.Steps < options.Steps)
        {
            run.Trainer.Optimizer.LearningRate = options.Optimizer.LearningRateAfter(run.Trainer.Steps, options.Steps);
            run.Trainer.Step();
        }
        var classifier = new ModularClassifier(Features, classes: 2, modules: 4, seed: 5, picks: picks);
        classifier.Fit(rows, labels, new FitOptions { Steps = 120, BatchSize = 32 });
        Assert.Equal(run.Parameters.Select(parameter => parameter.Name), classifier.Model.Network.Parameters.Select(parameter => parameter.Name));
        foreach (var (expected, actual) in run.Parameters.Zip(classifier.Model.Network.Parameters))
            Assert.Equal(expected.Value.Values.ToArray(), actual.Value.Values.ToArray());
        Assert.Equal(run.Evaluate("test").Of("test")!["accuracy"], classifier.Score(rows, labels));
    }

    [Fact]
    public void A_language_model_and_a_run_of_a_text_leave_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Join(folder.Path, "text.txt");
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("to be or not to be, that is the question\n", 60)));
        var options = new PlainTextOptions { Data = path, Modules = 4, Window = 10, Embedding = 8, Hidden = 8, BatchSize = 8, Steps = 20, Seed = 5 };
        var corpus = options.Load();
        using var workers = new WorkerPool(threadCount: 1);
        var run = new LanguageModelExperiment(options, corpus, SimdKernels.Create(workers));
        while (run.Trainer.Steps < options.Steps)
            run.Trainer.Step();
        var model = new ModularLanguageModel(corpus.Vocabulary.Count, modules: 4, seed: 5, embedding: 8, hidden: 8, window: 10);
        model.Fit(corpus.Train.ToArray(), new FitOptions { Steps = 20, BatchSize = 8, Cooldown = 0 });
        Assert.Equal(run.Parameters.Select(parameter => parameter.Name), model.Network.Parameters.Select(parameter => parameter.Name));
        foreach (var (expected, actual) in run.Parameters.Zip(model.Network.Parameters))
            Assert.Equal(expected.Value.Values.ToArray(), actual.Value.Values.ToArray());
    }

    /// <summary>All corners of a cube, four times: rows whose means are 0 and whose deviations are 1, so that standardising changes nothing.</summary>
    private static (float[][] Rows, int[] Labels) Rows()
    {
        float[][] rows = [.. Enumerable.Range(0, 4 << Features).Select(n => Enumerable.Range(0, Features).Select(bit => (n >> bit & 1) == 0 ? -1f : 1f).ToArray())];
        return (rows, [.. rows.Select(row => row[0] * row[1] > 0 ? 0 : 1)]);
    }
}
