using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;
using SkiaSharp;

namespace ModularNetworks.Documents.Tests;

/// <summary>Runs the code of <c>docs/data.md</c> and <c>docs/prediction.md</c> that reads data.</summary>
public sealed class DataPages : IDisposable
{
    private readonly WorkingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_image_is_changed()
    {
        foreach (string place in (string[])["photos/day", "photos/night"])
            WritePictures(place, place.EndsWith("day", StringComparison.Ordinal) ? SKColors.White : SKColors.DarkBlue);

        var images = OwnImages.Load("photos");
        var (shape, augmentation) = (images.Train.Shape, new ImageAugmentation(Padding: 4, Flip: true));
        float[] row = new float[shape.Count], changed = new float[shape.Count];
        images.Normalization.Apply(images.Train[0], row);
        augmentation.Apply(RandomKey.FromSeed(1), place: 0, shape, row, changed);

        Assert.NotEqual(row, changed);
    }

    [Fact]
    public void A_test_table_has_the_classes_of_its_training_table()
    {
        File.WriteAllText("train.csv", "1,2,b\n2,3,a\n3,4,c\n");
        File.WriteAllText("test.csv", "5,6,c\n");

        var train = LabelledTable.Read("train.csv");
        var test = LabelledTable.Read("test.csv", classes: train.Classes);

        Assert.Equal(["a", "b", "c"], test.Classes);
    }

    [Fact]
    public void A_run_is_measured_on_other_data()
    {
        TrainPrices();
        File.WriteAllText("next-year.csv", "size,price\n10,21\n20,39\n");

        var run = RunFolder.Open("runs/price");
        var options = (DataRunOptions)run.ReadOptions(BuiltInExperiments.Catalogue) with { Data = "next-year.csv" };
        using var workers = new WorkerPool(options.Threads);
        var other = OtherDataOfRuns.Read(run, options, run.Checkpoint, SimdKernels.Create(workers));
        double? error = other.Measure("data").Measured.Of("data")!["meanAbsoluteError"];

        Assert.True(error > 0 && double.IsFinite(error.Value));
    }

    private static void TrainPrices()
    {
        File.WriteAllLines("prices.csv", ["size,price", .. Enumerable.Range(1, 60).Select(n => FormattableString.Invariant($"{n}.5,{2 * n}.25"))]);
        var options = new TableOptions { Data = "prices.csv", Target = "price", Modules = 2, Steps = 20, Threads = 1 };
        using var workers = new WorkerPool(1);
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        var run = NewRunFolder.Create(new Disk(), "runs/price", options);
        new TrainingRun(experiment, options, run, new Disk(), new Nobody()).Train(CancellationToken.None);
    }

    private static void WritePictures(string folder, SKColor colour)
    {
        Directory.CreateDirectory(folder);
        for (int n = 0; n < 4; n++)
        {
            using var bitmap = new SKBitmap(16, 16);
            bitmap.Erase(colour);
            bitmap.SetPixel(3 * n, 2, SKColors.Red);
            using var file = File.Create(Path.Join(folder, $"{n}.png"));
            bitmap.Encode(file, SKEncodedImageFormat.Png, quality: 100);
        }
    }

    private sealed class Nobody : IRunObserver
    {
        public void Progress(long step, long total)
        {
        }

        public void Logged(MetricsLine line)
        {
        }
    }
}
