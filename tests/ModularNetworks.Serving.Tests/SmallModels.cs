using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving.Tests;

/// <summary>Runs of a few steps: a table's class, a text by characters, pictures of 8x8.</summary>
internal static class SmallModels
{
    private static readonly ImageShape Shape = new(1, 8, 8);

    /// <summary>A run of <c>train table</c>: columns n, word and ok tell whether y is even or odd.</summary>
    public static string Table(string folder)
    {
        string path = folder + ".csv";
        File.WriteAllLines(path, Enumerable.Range(0, 60).Select(row => $"{row % 11},{"abc"[row % 3]},{(row % 2 == 0 ? "yes" : "no")},{(row % 2 == 0 ? "even" : "odd")}").Prepend("n,word,ok,y"));
        var options = new TableOptions { Data = path, Target = "y", Modules = 3, BatchSize = 20, Steps = 5, Threads = 1 };
        return Train(folder, options, kernels => BuiltInExperiments.Catalogue.Create(options, kernels));
    }

    /// <summary>A run of <c>train text</c>.</summary>
    public static string Text(string folder)
    {
        string path = folder + ".txt";
        File.WriteAllText(path, string.Concat(Enumerable.Range(0, 300).Select(n => n % 3 < 2 ? "stone bird" : "bird\n")));
        var options = new PlainTextOptions { Data = path, Modules = 2, Window = 8, Embedding = 4, Hidden = 6, BatchSize = 8, Steps = 5, Threads = 1 };
        return Train(folder, options, kernels => BuiltInExperiments.Catalogue.Create(options, kernels));
    }

    /// <summary>A run on pictures: dark and light.</summary>
    public static string Images(string folder)
    {
        byte[] dark = new byte[Shape.Count], light = [.. Enumerable.Repeat((byte)16, Shape.Count)];
        var images = new LabelledImages(Shape, [dark, light], [0, 1], ["dark", "light"]) { White = 16 };
        var options = new OptdigitsOptions { Data = folder, Modules = 2, Picks = 1, Filters = 1, Hidden = 2, BatchSize = 2, Steps = 5, Threads = 1 };
        return Train(folder, options, kernels => new ImageClassifierExperiment(options, new ImageSplits(images, images), kernels));
    }

    private static string Train(string folder, RunOptions options, Func<Kernels, Experiment> create)
    {
        using var workers = new WorkerPool(1);
        var run = NewRunFolder.Create(new Disk(), folder, options);
        new TrainingRun(create(SimdKernels.Create(workers)), options, run, new Disk(), new Silence()).Train(CancellationToken.None);
        return folder;
    }

    private sealed class Silence : IRunObserver
    {
        public void Progress(long step, long total)
        {
        }

        public void Logged(MetricsLine line)
        {
        }
    }
}
