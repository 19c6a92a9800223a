using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Onnx.Tests;

/// <summary>Image classifiers in ONNX Runtime answer as they do here.</summary>
public sealed class ImageClassifierTests
{
    private const int Images = 1000;

    private static readonly ImageShape Shape = new(3, 8, 8);
    private static readonly ImageNormalization Normalization = new([0.3, 0.5, 0.6], [0.2, 0, 0.4]);
    private static readonly ImageClassifierSizes Sizes = new()
    {
        Image = Shape,
        Classes = 4,
        Modules = 4,
        Picks = 2,
        Convolutions = 2,
        Filters = 2,
        Hidden = 5,
        ControllerFilters = 6,
    };

    // The colours of an image are around some of its own, so that images differ as a whole.
    private static readonly byte[] Pixels = [.. Drawn.Below(128, Images * Shape.Count, seed: 5).Zip(
        Drawn.Below(128, Images * Shape.Channels, seed: 6).SelectMany(colour => Enumerable.Repeat(colour, Shape.Places)), (level, colour) => (byte)(level + colour))];

    [Theory]
    [InlineData(ImageController.Linear, 2, 0)]
    [InlineData(ImageController.Conv, 2, 2)]
    [InlineData(ImageController.Linear, 1, 0)]
    public void An_image_classifier_answers_the_same(ImageController controller, int picks, int families)
    {
        var sizes = Sizes with { Controller = controller, Picks = picks, Families = new ModuleFamilies(families) };
        var classifier = Classifier(sizes, new ModeSelection());
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, classifier, Form, Normalization));
        foreach (int batch in (int[])[1, 7, 64])
            Check(classifier, new ModeSelection(), file, batch, [.. classifier.Layers.Select(layer => layer.Layout.Name)]);
    }

    [Fact]
    public void A_mixture_of_modules_answers_the_same()
    {
        var (classifier, rule) = (Classifier(Sizes, new MixtureSelection(2)), new MixtureSelection(2));
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, classifier, Form, Normalization, rule));
        foreach (int batch in (int[])[1, 64])
            Check(classifier, rule, file, batch, [.. classifier.Layers.Select(layer => layer.Layout.Name)]);
    }

    [Fact]
    public void Fixed_modules_are_answered()
    {
        var classifier = Classifier(Sizes with { Modules = 2 }, new FixedSelection());
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, classifier, Form, Normalization));
        Check(classifier, new FixedSelection(), file, batch: 64, layers: []);
        Assert.Equal(["probabilities"], file.Outputs);
    }

    [Fact]
    public void The_file_tells_the_classes()
    {
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, Classifier(Sizes, new ModeSelection()), Form with { White = 16 }, Normalization));
        Assert.Equal("""["a","b","c","d"]""", file.Properties["classes"]);
        Assert.Equal("16", file.Properties["white"]);
        Assert.Equal(["image"], file.Inputs);
        Assert.Equal(["probabilities", "convolution1_modules", "convolution2_modules", "hidden_modules", "output_modules"], file.Outputs);
    }

    [Fact]
    public void Images_of_another_size_are_refused()
    {
        var refused = Assert.Throws<ArgumentException>(() => OnnxExport.Write(
            Stream.Null, Classifier(Sizes, new ModeSelection()), new ImageForm(new ImageShape(1, 8, 8), ["a", "b", "c", "d"]), Normalization));
        Assert.StartsWith("OnnxExport: images of 1x8x8 in 4 classes", refused.Message, StringComparison.Ordinal);
    }

    private static ImageForm Form => new(Shape, ["a", "b", "c", "d"]);

    private static ImageClassifier Classifier(ImageClassifierSizes sizes, SelectionRule rule)
    {
        var classifier = new ImageClassifier(sizes, rule, new ImageAugmentation(), RandomKey.FromSeed(1));
        return classifier.Randomized(classifier.Parameters, deviation: 0.2);
    }

    private static void Check(ImageClassifier classifier, SelectionRule rule, OnnxFile file, int batch, IReadOnlyList<string> layers)
    {
        var tape = new Tape(SimdKernels.Create(new WorkerPool(threadCount: 1)));
        var pass = new ForwardPass(tape);
        var used = layers.ToDictionary(layer => layer, _ => new HashSet<int>());
        foreach (byte[] chunk in Pixels.Chunk(batch * Shape.Count))
        {
            int rows = chunk.Length / Shape.Count;
            float[] values = new float[chunk.Length];
            for (int row = 0; row < rows; row++)
                Normalization.Apply(chunk.AsSpan(row * Shape.Count, Shape.Count), values.AsSpan(row * Shape.Count, Shape.Count));
            tape.Reset(recording: false);
            pass.Begin(rule, rows);
            var expected = tape.Softmax(classifier.Logits(pass, Tensor.From(new Shape(rows, Shape.Count), values)));
            var answers = file.Run(OnnxFile.Input<byte>("image", chunk, rows, Shape.Channels, Shape.Height, Shape.Width));
            Equal.Numbers(expected.Values, answers.Numbers("probabilities"));
            foreach (var (place, layer) in layers.Index())
            {
                Assert.Equal(pass.Trace.SelectionOf(place).Modules.Values.ToArray(), answers.Modules(layer));
                used[layer].UnionWith(answers.Modules(layer));
            }
        }
        Assert.All(used.Values, modules => Assert.Equal(classifier.Sizes.Modules, modules.Count));
    }
}
