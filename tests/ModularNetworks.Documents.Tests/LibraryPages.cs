using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ModularNetworks.Engine;
using ModularNetworks.Onnx;

namespace ModularNetworks.Documents.Tests;

/// <summary>Runs the code of <c>docs/library.md</c>, <c>docs/onnx.md</c> and <c>docs/images.md</c>.</summary>
public sealed class LibraryPages : IDisposable
{
    private readonly WorkingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_classifier_is_fitted_saved_exported_and_read_by_the_runtime()
    {
        var (trainX, trainY) = Digits(200);
        var (testX, testY) = Digits(50);
        Fit(trainX, trainY, testX, testY);
        Export();
        var (probabilities, modules) = Run();
        Assert.Equal(1, probabilities[..10].Sum(), 1e-5);
        Assert.Equal((20, 2), (probabilities.Length, modules.Length));
        Assert.All(modules, module => Assert.InRange(module, 0, 7));
    }

    [Fact]
    public void A_language_model_goes_on_with_a_text()
    {
        string text = string.Concat(Enumerable.Repeat("ROMEO: to be or not to be. ", 20));
        var model = new ModularLanguageModel(CharacterVocabulary.Of(text), modules: 32, seed: 1);
        model.Fit(text, new FitOptions { Epochs = 10, Progress = Console.Out, ValidationShare = 0.1 });
        Console.WriteLine(model.Generate("ROMEO:", count: 200, seed: 1));
        Assert.InRange(model.Score(model.Characters!.Encode(text)), 1, 15);
    }

    [Fact]
    public void Convolutions_are_modules_of_a_layer()
    {
        var key = RandomKey.FromSeed(1);
        var image = new ImageShape(3, 32, 32);
        var modules = new ConvolutionModules(
            "filters", modules: 8, image, outputs: 4, new Window(3, Stride: 1, PaddingBefore: 1, PaddingAfter: 1), Activation.Relu, key);
        var controller = new ConvolutionController("controller", image, filters: 16, new Window(3), modules: 8, picks: 2, key);
        var layer = new ModularLayer("filters", modules, controller, Combination.Concatenate);
        // layer.Forward: [rows, 3 * 32 * 32] -> [rows, 2 * 4 * 32 * 32], images of modules.Output(picks: 2).
        using var device = new Device(threads: 1);
        var pass = new ForwardPass(device.Tape);
        pass.Begin(new ModeSelection(), batchSize: 1);
        Assert.Equal(new Shape(1, modules.Output(picks: 2).Count), layer.Forward(pass, device.Tape.Rent(new Shape(1, image.Count))).Shape);
    }

    private static void Fit(float[][] trainX, int[] trainY, float[][] testX, int[] testY)
    {
        var digits = new ModularClassifier(inputs: 64, classes: 10, modules: 8, seed: 1);
        var history = digits.Fit(trainX, trainY, new FitOptions { Epochs = 30, Progress = Console.Out });
        Console.WriteLine($"{digits.Score(testX, testY):P1}, module {digits.Explain(testX[0])}");
        digits.Save("digits.safetensors");
        Assert.Equal(30, history.Measurements.Count);
    }

    private static void Export()
    {
        var digits = ModularClassifier.Load("digits.safetensors");
        using (var file = File.Create("digits.onnx"))
            OnnxExport.Write(file, digits);
    }

    private static (float[] Probabilities, long[] Modules) Run()
    {
        using var session = new InferenceSession("digits.onnx");
        var features = new DenseTensor<float>(new float[2 * 64], [2, 64]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("features", features)]);
        float[] probabilities = [.. results.First(result => result.Name == "probabilities").AsEnumerable<float>()]; // [2, 10]
        long[] modules = [.. results.First(result => result.Name == "hidden_modules").AsEnumerable<long>()];        // [2, 1]
        return (probabilities, modules);
    }

    /// <summary>Digit d is a dark pixel at a place of its own, on a pattern that all share.</summary>
    private static (float[][] Rows, int[] Labels) Digits(int count) => (
        [.. Enumerable.Range(0, count).Select(n => Enumerable.Range(0, 64).Select(pixel => pixel == n % 10 * 6 ? 16f : (pixel + n) % 5).ToArray())],
        [.. Enumerable.Range(0, count).Select(n => n % 10)]);
}
