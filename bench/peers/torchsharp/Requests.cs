using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>The work that can be asked for; the same requests as those of bench/peers/pytorch/serve.py.</summary>
/// <param name="threads">The number of threads of work on all threads.</param>
/// <param name="isStock">Whether with the library's own output softmax and optimisers.</param>
internal sealed class Requests(int threads, bool isStock)
{
    private const int Steps = 35, Batch = 128;

    private readonly OutputSoftmax _softmax = new(new Workers(threads));

    /// <summary>Makes models and data.</summary>
    /// <returns>The work to time.</returns>
    public Action Create(string name, string[] arguments) => name switch
    {
        "text" => Text(arguments[0], Number(arguments[1]), Number(arguments[2])),
        "linear" => Image(arguments[0], Number(arguments[1]), Number(arguments[2]), conv: false),
        "conv" => Image(arguments[0], Number(arguments[1]), Number(arguments[2]), conv: true),
        "toy" => Toy(arguments[0]),
        "model" => Model(Number(arguments[0]), Number(arguments[1]), Number(arguments[2]), Number(arguments[3])),
        "dense" => Square(ModularLayer.Units, modules: 1).DenseStep,
        "layer" => Layer(Square(ModularLayer.Units, Number(arguments[0]))),
        "table" => Layer(new(Number(arguments[1]), Number(arguments[2]), Number(arguments[3]), Number(arguments[0]))),
        "confined" => Square(ModularLayer.SmallUnits, Number(arguments[0])).StepAndAdam,
        "product" => Product(Number(arguments[0]), Number(arguments[1]), Number(arguments[2])),
        "predict" => new NextWord(new LanguageModel(Number(arguments[0]), picks: 1)).Step,
        "start" => Start,
        _ => throw new ArgumentException($"there is no request {name}"),
    };

    /// <summary>The number of threads with which the library's kernels do a request.</summary>
    public int ThreadsOf(string name, string[] arguments) => name switch
    {
        // The output softmax has threads of its own, and the rest is too short to be divided.
        "text" or "model" when !isStock => 1,
        "toy" or "predict" => 1,
        "product" when arguments[3] != "0" => Number(arguments[3]),
        _ => threads,
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private Action Text(string step, int modules, int picks)
    {
        var training = Training(new LanguageModel(modules, picks), Batch, step == "p");
        return step switch
        {
            "m" or "p" => () => training.MStep(),
            "e" => () => training.EStep(),
            "r" => () => training.ReinforceStep(),
            _ => () => training.TopKStep(),
        };
    }

    private Action Model(int modules, int hidden, int words, int batch)
    {
        var training = Training(new LanguageModel(modules, picks: 1, words, embedding: hidden, hidden), batch, plain: false);
        return () => training.MStep();
    }

    private TextTraining Training(LanguageModel model, int batch, bool plain)
    {
        Tensor x = randint(model.Words, [Steps, batch]), y = randint(model.Words, [Steps, batch]);
        return new TextTraining(model, x, y, isStock || plain ? null : _softmax);
    }

    private Action Image(string step, int modules, int picks, bool conv)
    {
        var training = new ImageTraining(new ImageClassifier(modules, picks, conv), Batch, isStock);
        return step == "m" ? () => training.MStep() : () => training.EStep();
    }

    private Action Toy(string step)
    {
        var training = new ToyTraining(isStock);
        return step == "m" ? () => training.MStep() : () => training.EStep();
    }

    private static ModularLayer Square(int units, int modules) => new(ModularLayer.Rows, units, units, modules);

    private Action Layer(ModularLayer layer) => isStock ? layer.PlainStep : layer.Step;

    private static Action Product(int rows, int inner, int columns)
    {
        Tensor left = randn(rows, inner), right = randn(inner, columns), product = empty(rows, columns);
        return () =>
        {
            using var off = inference_mode();
            product.addmm_(left, right, beta: 0);
        };
    }

    private static void Start()
    {
        string peer = Path.Join(AppContext.BaseDirectory, "peer.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [peer, "--hello"]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
    }
}
