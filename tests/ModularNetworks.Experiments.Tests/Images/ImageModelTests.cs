using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class ImageModelTests : IDisposable
{
    private const int Together = 500;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Preprocessing => _folder["run/preprocessing.json"];

    [Theory]
    [InlineData("em", ImageController.Linear)]
    [InlineData("em", ImageController.Conv)]
    [InlineData("topk", ImageController.Linear)]
    [InlineData("fixed", ImageController.Linear)]
    public void A_run_predicts_from_its_folder_alone_what_it_measured(string method, ImageController controller)
    {
        var options = Options(method) with { Controller = controller, Families = method == "em" };
        double accuracy = (double)RunCase.Summarize(options, _folder["run"])["test"]!["accuracy"]!;
        var images = options.Load();
        Directory.Delete(options.Data, recursive: true);
        Directory.Move(_folder["run"], _folder["moved"]);
        var model = ImageModel.Load(RunFolder.Open(_folder["moved"]));
        Assert.Equal(images.Train.Classes, model.Form.Classes);
        Assert.Equal((images.Train.Shape, (byte)16), (model.Form.Shape, model.Form.White));
        Assert.Equal(images.Normalization.Means, model.Normalization.Means);
        Assert.Equal(images.Normalization.Deviations, model.Normalization.Deviations);

        var predictions = Enumerable.Range(0, images.Test.Count).Select(n => model.PredictPixels(images.Test[n], count: 10)).ToArray();
        int right = predictions.Where((prediction, n) => prediction.Classes[0].Class == images.Test.Classes[images.Test.Labels[n]]).Count();
        Assert.Equal(accuracy, (double)right / images.Test.Count);
        Assert.All(predictions, prediction => Assert.Equal(prediction.Classes, prediction.Classes.OrderByDescending(found => found.Probability)));

        // To the last bit what an evaluation of many images at once computes; shares of a mixture are summed in another order there.
        double[] expected = [.. Probabilities(RunFolder.Open(_folder["moved"]), options, images).Select(probability => (double)(float)probability)];
        double[] found = [.. predictions.Take(Together).SelectMany(Ordered)];
        Assert.Equal(expected, found, (one, other) => Math.Abs(one - other) <= (method == "topk" ? 1e-7 : 0));
    }

    [Fact]
    public void The_modules_that_decided_are_those_that_an_inspection_counts()
    {
        var options = Options("em");
        RunCase.Summarize(options, _folder["run"]);
        var images = options.Load().Test;
        var model = ImageModel.Load(RunFolder.Open(_folder["run"]));
        int[] counts = new int[options.Modules];
        for (int n = 0; n < images.Count; n++)
        {
            var modules = model.PredictPixels(images[n], count: 1).Modules;
            Assert.Equal(["convolution1", "hidden", "output"], modules.Select(layer => layer.Layer));
            foreach (int module in modules[1].Modules)
                counts[module]++;
        }
        var usage = RunFolder.Open(_folder["run"]).ReadInspection()!.Layers[1].Details.Select(module => module.Usage);
        Assert.Equal(usage, counts.Select(count => (double)count / counts.Sum()));
    }

    [Fact]
    public void Settings_are_chosen_without_the_images_that_are_kept_out()
    {
        var options = Options("em") with { ValidImages = 3000 };
        RunCase.Complete(options, _folder["run"]);
        var images = options.Load();
        var kept = ImageValidation.Split(images, options.ValidImages).Images.Normalization;
        Assert.NotEqual(images.Normalization.Means, kept.Means);
        Assert.Equal(kept.Means, ImageModel.Load(RunFolder.Open(_folder["run"])).Normalization.Means);
        File.Delete(Preprocessing);
        Assert.Equal(kept.Means, ImageModel.Load(RunFolder.Open(_folder["run"])).Normalization.Means);
    }

    [Fact]
    public void One_model_on_eight_threads_answers_as_on_one()
    {
        RunCase.Complete(Options("em"), _folder["run"]);
        var model = ImageModel.Load(RunFolder.Open(_folder["run"]));
        byte[][] images = [.. Enumerable.Range(0, 20).Select(n => Enumerable.Range(0, 64).Select(pixel => (byte)((pixel * n) % 17)).ToArray())];
        string[] expected = [.. images.Select(image => RecordJson.Write(model.PredictPixels(image, count: 3)))];
        ManyThreads.AssertRight(threads: 8, uses: 200, (thread, use) =>
            RecordJson.Write(model.PredictPixels(images[(thread + use) % images.Length], count: 3)) == expected[(thread + use) % images.Length]);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        RunCase.Complete(Options("em"), _folder["run"]);
        var model = ImageModel.Load(RunFolder.Open(_folder["run"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.PredictPixels(new byte[64], count: 0));
        var error = Assert.Throws<ArgumentException>(() => model.PredictPixels(new byte[63], count: 1));
        Assert.StartsWith("ImageModel: 63 values given; images of 1x8x8 have 64.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_an_earlier_version_asks_for_its_images()
    {
        var options = Options("em");
        RunCase.Complete(options, _folder["run"]);
        var run = RunFolder.Open(_folder["run"]);
        byte[] image = new byte[64];
        var expected = ImageModel.Load(run).PredictPixels(image, count: 10);
        File.Delete(Preprocessing);
        Assert.Equivalent(expected, ImageModel.Load(run).PredictPixels(image, count: 10), strict: true);
        Directory.Move(options.Data, _folder["moved"]);
        var error = Assert.Throws<RunException>(() => ImageModel.Load(run));
        Assert.EndsWith($"the data of the training are not at {options.Data}. Give them with --data.", error.Message, StringComparison.Ordinal);
        Assert.Equivalent(expected, ImageModel.Load(run, _folder["moved"]).PredictPixels(image, count: 10), strict: true);
        string table = Path.Join(_folder["moved"], Optdigits.TestFile);
        string written = File.ReadAllText(table);
        File.WriteAllText(table, $"16{written[written.IndexOf(',', StringComparison.Ordinal)..]}");
        error = Assert.Throws<RunException>(() => ImageModel.Load(run, _folder["moved"]));
        Assert.Contains("the data are not those that the run was trained on", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"text"}""", "its kind is text; image was expected.")]
    [InlineData("""{"kind":"image"}""", "classes")]
    [InlineData("""{"kind":"image","classes":["a","a"],SIZE,"white":255,"means":[0],"deviations":[1]}""", "its classes cannot be.")]
    [InlineData("""{"kind":"image","classes":["a","b"],"channels":1,"height":0,"width":8,"white":255,"means":[0],"deviations":[1]}""", "its sizes cannot be.")]
    [InlineData("""{"kind":"image","classes":["a","b"],"channels":1,"height":1,"width":1,"white":255,"means":[0],"deviations":[1]}""", "window")]
    [InlineData("""{"kind":"image","classes":["a","b"],SIZE,"white":0,"means":[0],"deviations":[1]}""", "its white cannot be.")]
    [InlineData("""{"kind":"image","classes":["a","b"],SIZE,"white":256,"means":[0],"deviations":[1]}""", "white")]
    [InlineData("""{"kind":"image","classes":["a","b"],SIZE,"white":255,"means":[0,0],"deviations":[1,1]}""", "its means and deviations cannot be.")]
    [InlineData("""{"kind":"image","classes":["a","b"],SIZE,"white":255,"means":[0],"deviations":[-1]}""", "deviations")]
    public void A_file_that_no_checkpoint_covers_is_read_with_care(string text, string expected)
    {
        var run = NewRunFolder.Create(new Disk(), _folder["run"], Options("em"));
        File.WriteAllText(Preprocessing, text.Replace("SIZE", "\"channels\":1,\"height\":8,\"width\":8", StringComparison.Ordinal));
        var error = Assert.Throws<RunException>(() => ImageModel.Load(run));
        Assert.StartsWith($"{Preprocessing}: this is not the preprocessing of the run: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_file_is_refused_by_name()
    {
        RunCase.Complete(Options("em"), _folder["run"]);
        File.WriteAllText(Preprocessing, File.ReadAllText(Preprocessing).Replace("\"white\": 16", "\"white\": 17", StringComparison.Ordinal));
        var error = Assert.Throws<RunException>(() => ImageModel.Load(RunFolder.Open(_folder["run"])));
        Assert.StartsWith($"{Preprocessing}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_another_experiment_is_refused()
    {
        RunCase.Complete(RunCase.Options("toy em", _folder), _folder["run"]);
        Assert.Contains("not an image classifier's run", Assert.Throws<RunException>(() => ImageModel.Load(RunFolder.Open(_folder["run"]))).Message, StringComparison.Ordinal);
    }

    /// <summary>The probabilities of the first test images, as many as are measured at once, in the order of the classes.</summary>
    private static IEnumerable<double> Probabilities(RunFolder run, OptdigitsOptions options, ImageSplits images)
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var pass = new ForwardPass(tape);
        pass.Begin(options.CreateRule(), Together);
        var batch = new ImageTrainingSet(images.Test, images.Normalization).Load([.. Enumerable.Range(0, Together)]);
        var logits = TrainedImageClassifier.Load(run, images.Test.Shape, classes: 10).Logits(pass, batch.Images);
        for (int row = 0; row < Together; row++)
        {
            float[] ofRow = logits.Values.Slice(row * 10, 10).ToArray();
            double[] weights = [.. ofRow.Select(logit => Math.Exp(logit - (double)ofRow.Max()))];
            foreach (double weight in weights)
                yield return weight / weights.Sum();
        }
    }

    private static IEnumerable<float> Ordered(ImagePrediction prediction) =>
        prediction.Classes.OrderBy(found => found.Class, StringComparer.Ordinal).Select(found => found.Probability);

    private OptdigitsOptions Options(string method) => (OptdigitsOptions)RunCase.Options($"optdigits {method}", _folder);
}
