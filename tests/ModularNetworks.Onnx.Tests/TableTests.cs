using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Onnx.Tests;

/// <summary>Networks that read rows of tables, with all that makes numbers of cells, answer in ONNX Runtime as they do here.</summary>
public sealed class TableTests
{
    private const int Rows = 1000;

    private static readonly string[] Colours = ["blue", "green", "red", "violet", "?", ""];

    private static readonly TableEncoding Encoding = new()
    {
        Columns =
        [
            new() { Name = "size", Kind = ColumnKind.Number, Mean = 1e6 / 3, Deviation = 0.7, HasMissing = true },
            new() { Name = "row", Kind = ColumnKind.Identifier },
            new() { Name = "colour", Kind = ColumnKind.Category, Categories = ["blue", "green", "red"], HasMissing = true },
            new() { Name = "bought", Kind = ColumnKind.Date, Mean = 20_000.5, Deviation = 100 },
            new() { Name = "probabilities", Kind = ColumnKind.YesNo, Mean = 0.25, Deviation = 0.43 },
            new() { Name = "made", Kind = ColumnKind.Category, Categories = ["here", "there"] },
        ],
        Target = new() { Name = "kind", Classes = ["x", "y", "z"] },
    };

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void A_classifier_reads_rows(int batch)
    {
        var network = Network(Encoding, outputs: 3);
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, network, Encoding));
        var used = new HashSet<int>();
        foreach (int[] rows in Enumerable.Range(0, Rows).Chunk(batch))
        {
            var (expected, modules) = Ours(network, rows, (tape, output) => tape.Softmax(output).Values.ToArray());
            var answers = file.Run(Inputs(rows));
            Equal.Numbers(expected, answers.Numbers("probabilities"));
            Assert.Equal(modules, answers.Modules("hidden"));
            used.UnionWith(modules);
        }
        Assert.Equal(network.Sizes.Modules, used.Count);
    }

    [Fact]
    public void A_number_is_answered_in_its_own_units()
    {
        var encoding = Encoding with { Target = new() { Name = "price", Mean = 3900, Deviation = 2500 } };
        var network = Network(encoding, outputs: 1);
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, network, encoding));
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var (expected, modules) = Ours(network, rows, (_, output) => [.. output.Values.ToArray().Select(number => (float)(3900 + (2500 * (double)number)))]);
        var answers = file.Run(Inputs(rows, "probabilities"));
        Equal.Numbers(expected, answers.Numbers("prediction"), unit: 2500);
        Assert.Equal(modules, answers.Modules("hidden"));
    }

    [Fact]
    public void No_rows_have_answers_of_the_usual_axes()
    {
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, Network(Encoding, outputs: 3), Encoding));
        var shapes = file.Shapes(Inputs([]));
        Assert.Equal([0, 3], shapes["probabilities"]);
        Assert.Equal([0, 1], shapes["hidden_modules"]);
    }

    [Fact]
    public void The_file_tells_columns_and_classes()
    {
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, Network(Encoding, outputs: 3), Encoding));
        Assert.Equal(["size", "colour", "bought", "probabilities_", "made"], file.Inputs);
        Assert.Equal(["probabilities", "hidden_modules"], file.Outputs);
        Assert.Equal("""["x","y","z"]""", file.Properties["classes"]);
        Assert.Equal("kind", file.Properties["target"]);
    }

    private static ModularMlp Network(TableEncoding encoding, int outputs)
    {
        var network = new ModularMlp(
            new ModularMlpSizes { Inputs = encoding.Features(), Outputs = outputs, Modules = 4, Shared = true }, new ModeSelection(), RandomKey.FromSeed(1));
        return network.Randomized(network.Parameters);
    }

    private static string Size(int row) => row % 5 == 0 ? "" : $"{(1e6 / 3) + Drawn.Numbers(Rows, seed: 2)[row]:R}";

    private static string Colour(int row) => Colours[row % Colours.Length];

    private static string Made(int row) => row % 3 == 0 ? "here" : row % 3 == 1 ? "there" : "elsewhere";

    private static DateTime Bought(int row) => DateTime.UnixEpoch.AddDays(20_000).AddMinutes(row * 60);

    private static (float[] Answers, int[] Modules) Ours(ModularMlp network, int[] rows, Func<Tape, Tensor, float[]> answer)
    {
        int features = Encoding.Features();
        var inputs = Tensor.Allocate(new Shape(rows.Length, features));
        foreach (var (place, row) in rows.Index())
        {
            string[] cells = [Size(row), $"{row}", Colour(row), $"{Bought(row):yyyy-MM-dd HH:mm}", row % 2 == 0 ? "yes" : "no", Made(row)];
            Assert.Equal(-1, Encoding.Encode(cells, '.', inputs.Values.Slice(place * features, features)));
        }
        var tape = new Tape(SimdKernels.Create(new WorkerPool(threadCount: 1)));
        var pass = new ForwardPass(tape);
        pass.Begin(new ModeSelection(), rows.Length);
        var output = network.Predict(pass, new VectorBatch(inputs, Classes: null, Targets: null));
        return (answer(tape, output), pass.Trace.SelectionOf(0).Modules.Values.ToArray());
    }

    private static Microsoft.ML.OnnxRuntime.NamedOnnxValue[] Inputs(int[] rows, string answered = "probabilities_") =>
    [
        OnnxFile.Input<double>("size", [.. rows.Select(row => double.TryParse(Size(row), out double size) ? size : double.NaN)], rows.Length, 1),
        OnnxFile.Input<string>("colour", [.. rows.Select(Colour)], rows.Length, 1),
        OnnxFile.Input<double>("bought", [.. rows.Select(row => (Bought(row) - DateTime.UnixEpoch).TotalDays)], rows.Length, 1),
        OnnxFile.Input<double>(answered, [.. rows.Select(row => row % 2 == 0 ? 1.0 : 0)], rows.Length, 1),
        OnnxFile.Input<string>("made", [.. rows.Select(Made)], rows.Length, 1),
    ];
}
