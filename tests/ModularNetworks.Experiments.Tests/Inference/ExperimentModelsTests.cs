using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class ExperimentModelsTests
{
    private const int Datapoints = 20;

    private static readonly RandomKey Key = RandomKey.FromSeed(71);

    public static TheoryData<ImageController, int, int> Images => new()
    {
        // controller, size, families
        { ImageController.Linear, 6, 0 }, { ImageController.Conv, 6, 0 }, { ImageController.Linear, 32, 2 },
        { ImageController.Conv, 17, 2 },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void An_image_classifier_predicts_what_its_evaluation_computes(ImageController controller, int size, int families)
    {
        var shape = new ImageShape(3, size, size);
        var sizes = new ImageClassifierSizes
        {
            Image = shape,
            Classes = 7,
            Controller = controller,
            Convolutions = size < 10 ? 1 : 2,
            Families = new ModuleFamilies(families),
        };
        var classifier = new ImageClassifier(sizes, new ModeSelection(), new ImageAugmentation(), Key);
        Randomize(classifier.Parameters);
        var model = new ModularModel(classifier.Layout, shape.Count, classifier.Logits);
        AssertPredicts(model, classifier.Layout, 7, classifier.Logits);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 3)]
    public void The_toy_network_predicts_what_its_evaluation_computes(int modules, int picks)
    {
        var network = new ToyNetwork(modules, picks, new ModeSelection(), GaussianLikelihood.Fixed(1), Key);
        Randomize(network.Parameters);
        var model = new ModularModel(network.Layout, inputs: 2, network.Predict);
        AssertPredicts(model, network.Layout, 2, network.Predict);
    }

    [Fact]
    public void The_classifier_of_a_run_is_loaded_from_its_folder()
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var options = (ImageClassifierOptions)RunCase.Options("optdigits em", folder);
        RunCase.Complete(options, folder["run"]);
        var run = RunFolder.Open(folder["run"]);
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        run.Checkpoint.ReadParameters(experiment.Parameters);
        double expected = experiment.Evaluate("test").Of("test")!["accuracy"]!.Value;

        var images = options.Load();
        var classifier = TrainedImageClassifier.Load(run, images.Test.Shape, images.Test.Classes.Count);
        var model = new ModularModel(classifier.Layout, images.Test.Shape.Count, classifier.Logits);
        float[] pixels = new float[model.Inputs];
        int right = 0;
        for (int n = 0; n < images.Test.Count; n++)
        {
            images.Normalization.Apply(images.Test[n], pixels);
            var logits = model.Predict(pixels).Output;
            right += System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits) == images.Test.Labels[n] ? 1 : 0;
        }
        Assert.Equal(expected, (double)right / images.Test.Count, 1e-9);
    }

    [Fact]
    public void The_folder_of_another_experiment_is_refused()
    {
        using var folder = new TemporaryFolder();
        var run = NewRunFolder.Create(new Disk(), folder["run"], new ToyOptions());
        var error = Assert.Throws<RunException>(() => TrainedImageClassifier.Load(run, new ImageShape(3, 32, 32), 10));
        Assert.Contains("not an image classifier's run", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Compares with one pass over all datapoints, whose sums may be cut otherwise, and the modules.</summary>
    private static void AssertPredicts(
        ModularModel model, CompositionLayout layout, int outputs, Func<ForwardPass, Tensor, Tensor> output)
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var pass = new ForwardPass(tape);
        var inputs = Tensor.Allocate(new Shape(Datapoints, model.Inputs));
        for (int i = 0; i < inputs.Values.Length; i++)
            inputs.Values[i] = (2 * Key.Split("inputs").Uniform((ulong)i)) - 1;
        tape.Reset(recording: false);
        pass.Begin(new ModeSelection(), Datapoints);
        var expected = output(pass, inputs).Values;
        int[] used = new int[layout.Length];
        for (int n = 0; n < Datapoints; n++)
        {
            var actual = model.Predict(inputs.Values.Slice(n * model.Inputs, model.Inputs));
            Assert.Equal(outputs, actual.Output.Length);
            for (int i = 0; i < outputs; i++)
                Assert.Equal(expected[(n * outputs) + i], actual.Output[i], 1e-5f);
            pass.Trace.CopyComposition(n, used);
            for (int layer = 0; layer < layout.Layers.Count; layer++)
            {
                int offset = layout.OffsetOf(layer);
                Assert.Equal(
                    used[offset..(offset + layout.Layers[layer].Length)], actual.Composition[layer].Modules.ToArray());
            }
        }
        var answer = new ModelAnswer();
        Allocations.AssertNone(() => model.Predict(inputs.Values[..model.Inputs], answer));
    }

    private static void Randomize(IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            // Of this size, numbers stay of the order of 1 from layer to layer.
            float scale = 1 / MathF.Sqrt(parameter.Shape.Rank == 3 ? parameter.Shape[1] : parameter.Shape[0]);
            var numbers = Key.Split(parameter.Name);
            for (int i = 0; i < parameter.Value.Values.Length; i++)
                parameter.Value.Values[i] = scale * ((2 * numbers.Uniform((ulong)i)) - 1);
        }
    }
}
