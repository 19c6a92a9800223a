using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class ImageClassifierTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    public static TheoryData<string, ImageController> Methods => new()
    {
        { TrainingMethods.Em, ImageController.Linear },
        { TrainingMethods.Em, ImageController.Conv },
        { TrainingMethods.Reinforce, ImageController.Linear },
        { TrainingMethods.TopK, ImageController.Linear },
        { TrainingMethods.Fixed, ImageController.Linear },
    };

    [Fact]
    public void The_papers_network_has_the_papers_layers()
    {
        var sizes = new ImageClassifierSizes { Image = new ImageShape(3, 32, 32), Classes = 10 };
        var classifier = new ImageClassifier(sizes, new ModeSelection(), new ImageAugmentation(), Key);
        Assert.Equal(
            ["convolution1", "convolution2", "convolution3", "hidden", "output"], classifier.Layers.Select(layer => layer.Layout.Name));
        Assert.All(classifier.Layers, layer => Assert.Equal((10, 2), (layer.Layout.Modules, layer.Layout.Picks)));
        Shape[] modules = [.. classifier.Layers.Select(layer => layer.Pool.Parameters[0].Shape)];
        Assert.Equal([new(10, 1, 27), new(10, 1, 18), new(10, 1, 18), new(10, 32, 48), new(10, 96, 10)], modules);
        Shape[] controllers = [.. classifier.Layers.Select(layer => layer.Chooser.Parameters[0].Shape)];
        Assert.Equal([new(3072, 20), new(512, 20), new(128, 20), new(32, 20), new(96, 20)], controllers);
        Assert.Equal(10, classifier.Layout.Length);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void It_learns_by_every_method(string method, ImageController controller)
    {
        using var workers = new WorkerPool(1);
        var options = Options(method) with { Controller = controller };
        options.Validate();
        var experiment = new ImageClassifierExperiment(options, SmallImages.Splits(), SimdKernels.Create(workers));
        for (int step = 0; step < 400; step++)
            experiment.Trainer.Step();
        var measured = experiment.Evaluate(double.PositiveInfinity);
        Assert.InRange(measured.Of("train")!["accuracy"]!.Value, 0.9, 1);
        Assert.InRange(measured.Of("test")!["accuracy"]!.Value, 0.8, 1);
        Assert.Equal(method is TrainingMethods.Fixed, measured.Selection is null);
        if (measured.Selection is { Usage: var usage })
        {
            Assert.Equal(4, usage.Layers.Count);
            Assert.All(usage.Layers, layer => Assert.Equal(1, layer.Sum(), 1e-9));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Modules_have_families_where_a_controller_selects_them(string method, ImageController controller)
    {
        using var workers = new WorkerPool(1);
        var options = ImageClassifierPresets.Apply(Options(method), ImageClassifierPresets.Best) with { Controller = controller };
        options.Validate();
        var experiment = new ImageClassifierExperiment(options, SmallImages.Splits(), SimdKernels.Create(workers));
        Shape[] common =
            [.. experiment.Parameters.Where(parameter => parameter.Name.EndsWith(".common", StringComparison.Ordinal)).Select(p => p.Shape)];
        Assert.Equal(method is TrainingMethods.Em or TrainingMethods.Reinforce ? 4 : 0, common.Length);
        Assert.All(common, shape => Assert.Equal(2, shape[0]));
        for (int step = 0; step < 400; step++)
            experiment.Trainer.Step();
        var measured = experiment.Evaluate(double.PositiveInfinity);
        Assert.InRange(measured.Of("train")!["accuracy"]!.Value, 0.9, 1);
    }

    [Fact]
    public void Images_are_changed_in_gradient_steps_alone()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var pass = new ForwardPass(tape);
        var sizes = new ImageClassifierSizes { Image = SmallImages.Shape, Classes = 4, Modules = 2, Convolutions = 1 };
        var splits = SmallImages.Splits();
        var batch = new ImageTrainingSet(splits.Train, splits.Normalization).Load([0, 1, 2]);
        float[] plain = Logits(new ImageAugmentation(), trainingKey: Key);
        Assert.Equal(plain, Logits(new ImageAugmentation(2, Flip: true), trainingKey: null));
        float[] changed = Logits(new ImageAugmentation(2, Flip: true), trainingKey: Key);
        Assert.NotEqual(plain, changed);
        Assert.Equal(changed, Logits(new ImageAugmentation(2, Flip: true), trainingKey: Key));
        Assert.NotEqual(changed, Logits(new ImageAugmentation(2, Flip: true), trainingKey: Key.Split("next step")));

        float[] Logits(ImageAugmentation augmentation, RandomKey? trainingKey)
        {
            var classifier = new ImageClassifier(sizes, new ModeSelection(), augmentation, Key);
            tape.Reset(recording: false);
            if (trainingKey is { } key)
                pass.BeginTraining(new ModeSelection(), 3, key);
            else
                pass.Begin(new ModeSelection(), 3);
            return classifier.Logits(pass, batch.Images).Values.ToArray();
        }
    }

    [Fact]
    public void Accuracy_is_that_of_the_most_probable_class_and_does_not_depend_on_how_images_are_batched()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var pass = new ForwardPass(tape);
        var sizes = new ImageClassifierSizes { Image = SmallImages.Shape, Classes = 4, Modules = 3, Convolutions = 1 };
        var classifier = new ImageClassifier(sizes, new ModeSelection(), new ImageAugmentation(), Key);
        var splits = SmallImages.Splits(train: 1, test: 600);
        var images = new ImageTrainingSet(splits.Test, splits.Normalization);
        var compositions = new CompositionStore(classifier.Layout, images.Count, Key.Split("compositions"));
        var evaluation = new ImageClassifierEvaluation(classifier, tape, new ModeSelection());
        AssertMeasured(evaluation.Measure(images), _ => pass.Begin(new ModeSelection(), 1));
        AssertMeasured(evaluation.MeasureStored(images, compositions), n => pass.Begin(new GivenSelection(compositions.Load(tape, [n])), 1));

        void AssertMeasured((double Accuracy, double LogLikelihood) measured, Action<int> begin)
        {
            int right = 0;
            double logLikelihood = 0;
            for (int n = 0; n < images.Count; n++)
            {
                var batch = images.Load([n]);
                tape.Reset(recording: false);
                begin(n);
                float[] logits = classifier.Logits(pass, batch.Images).Values.ToArray();
                int label = splits.Test.Labels[n];
                right += logits[label] == logits.Max() ? 1 : 0;
                logLikelihood += logits[label] - Math.Log(logits.Sum(logit => Math.Exp(logit)));
            }
            Assert.Equal(right / 600.0, measured.Accuracy, 1e-12);
            Assert.Equal(logLikelihood / 600, measured.LogLikelihood, 1e-4);
        }
    }

    [Fact]
    public void Sizes_that_no_tensor_can_have_are_refused()
    {
        using var workers = new WorkerPool(1);
        var options = Options(TrainingMethods.Em) with { Modules = 60_000, Hidden = 10_000 };
        var error = Assert.Throws<RunException>(
            () => new ImageClassifierExperiment(options, SmallImages.Splits(), SimdKernels.Create(workers)));
        Assert.EndsWith(
            "Lower the largest of --modules 60000, --set hidden=10000 and filters=3.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_that_are_too_small_for_the_layers_are_refused()
    {
        using var workers = new WorkerPool(1);
        var options = Options(TrainingMethods.Em) with { Convolutions = 9 };
        var error = Assert.Throws<RunException>(
            () => new ImageClassifierExperiment(options, SmallImages.Splits(), SimdKernels.Create(workers)));
        Assert.StartsWith("--set convolutions=9: the images of 2x6x6 are too small", error.Message, StringComparison.Ordinal);
    }

    private static Cifar10Options Options(string method) => new()
    {
        Method = method,
        Modules = method == TrainingMethods.Fixed ? 2 : 4,
        Picks = method == TrainingMethods.TopK ? 1 : 2,
        Convolutions = 2,
        Filters = 3,
        Hidden = 12,
        BatchSize = 20,
        Optimizer = new() { LearningRate = 0.01 },
        Steps = 400,
    };
}
