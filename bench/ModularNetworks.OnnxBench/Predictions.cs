using Microsoft.ML.OnnxRuntime;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Onnx;

namespace ModularNetworks.OnnxBench;

/// <summary>The predictions that are timed. Weights are as networks begin: times do not depend on what was learned, if modules are used alike.</summary>
internal static class Predictions
{
    private static readonly int[] Batches = [1, 64];
    private static readonly RandomKey Key = RandomKey.FromSeed(1);

    /// <summary>All of them, made when they are asked for.</summary>
    public static IEnumerable<Prediction> All() => Batches.Select(batch => Perceptron("classifier, 64 numbers, 8 modules of 32 units", batch, hidden: 32))
        .Concat(Batches.Select(batch => Perceptron("classifier, 64 numbers, 8 modules of 512 units", batch, hidden: 512)))
        .Concat(Batches.Select(Images))
        .Concat(Batches.Select(Text));

    private static Prediction Perceptron(string name, int batch, int hidden)
    {
        var sizes = new ModularMlpSizes { Inputs = 64, Outputs = 10, Modules = 8, Hidden = hidden, Shared = true };
        var network = new ModularMlp(sizes, new ModeSelection(), Key);
        var rows = Numbers(batch, sizes.Inputs);
        var model = new ModularModel(network.Layout, sizes.Inputs, (pass, inputs) => network.Predict(pass, new VectorBatch(inputs, Classes: null, Targets: null)));
        var answer = new ModelAnswer();
        return new Prediction(
            name, batch, () => model.Predict(rows, answer), file => OnnxExport.Write(file, network),
            new Dictionary<string, OrtValue> { ["features"] = OrtValue.CreateTensorValueFromMemory(rows.Values.ToArray(), [batch, sizes.Inputs]) });
    }

    private static Prediction Images(int batch)
    {
        var image = new ImageShape(3, 32, 32);
        var classifier = new ImageClassifier(new ImageClassifierSizes { Image = image, Classes = 10 }, new ModeSelection(), new ImageAugmentation(), Key);
        var normalization = new ImageNormalization([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]);
        byte[] pixels = [.. Enumerable.Range(0, batch * image.Count).Select(n => (byte)Key.Below((ulong)n, 256))];
        var values = Tensor.Allocate(new Shape(batch, image.Count));
        var model = new ModularModel(classifier.Layout, image.Count, classifier.Logits);
        var answer = new ModelAnswer();
        return new Prediction(
            "the paper's image classifier, 10/2", batch,
            () =>
            {
                for (int row = 0; row < batch; row++)
                    normalization.Apply(pixels.AsSpan(row * image.Count, image.Count), values.Values.Slice(row * image.Count, image.Count));
                model.Predict(values, answer);
            },
            file => OnnxExport.Write(file, classifier, new ImageForm(image, [.. "0123456789".Select(digit => $"{digit}")]), normalization),
            new Dictionary<string, OrtValue> { ["image"] = OrtValue.CreateTensorValueFromMemory(pixels, [batch, image.Channels, image.Height, image.Width]) });
    }

    private static Prediction Text(int batch)
    {
        const int Words = 10_000;
        var model = new LanguageModel(new LanguageModelSizes { Modules = 15, Window = 1 }, Words, new ModeSelection(), Key);
        int[] words = [.. Enumerable.Range(0, batch).Select(n => Key.Below((ulong)n, Words))];
        var read = IndexTensor.From(new Shape(batch), words);
        var state = Tensor.Allocate(new Shape(batch, model.Unit.Hidden));
        return new Prediction(
            "a word of the paper's language model, 15/1", batch, batch == 1 ? ReadWord(model, words[0]) : Read(model, new TextBatch(read, read), state),
            file => OnnxExport.Write(file, model),
            new Dictionary<string, OrtValue>
            {
                ["token"] = OrtValue.CreateTensorValueFromMemory([.. words.Select(word => (long)word)], [batch]),
                ["state"] = OrtValue.CreateTensorValueFromMemory(state.Values.ToArray(), [batch, model.Unit.Hidden]),
            });
    }

    private static Action ReadWord(LanguageModel model, int word)
    {
        var predictor = new NextWordPredictor(model);
        return () =>
        {
            predictor.Reset();
            predictor.Read(word);
            predictor.MostProbableWord();
        };
    }

    private static Action Read(LanguageModel model, TextBatch words, Tensor state)
    {
        var tape = new Tape(SimdKernels.Create(new WorkerPool(threadCount: 1)));
        var pass = new ForwardPass(tape);
        var rule = new ModeSelection();
        return () =>
        {
            tape.Reset(recording: false);
            pass.Begin(rule, state.Shape[0]);
            model.Output.Logits(tape, model.States(pass, words, state));
        };
    }

    private static Tensor Numbers(int rows, int columns) =>
        Tensor.From(new Shape(rows, columns), [.. Enumerable.Range(0, rows * columns).Select(n => (float)Key.Normal((ulong)n))]);
}
