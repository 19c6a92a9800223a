using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>A small language model with the parameters and data of a reference file.</summary>
internal sealed class GruGolden
{
    private readonly GoldenFile _file;
    private readonly bool _hasController;

    public GruGolden(GoldenFile file, bool hasController, Precision precision)
    {
        (_file, _hasController) = (file, hasController);
        Sizes = new SequenceSizes(
            file.Integer("V"), file.Integer("E"), file.Integer("H"), file.Integer("M"), file.Integer("K"), file.Integer("T"));
        BatchSize = file.Integer("B");
        Network = new SequenceNetwork(Sizes, hasController ? new ModeSelection() : new FixedSelection());
        var values = Parameters("params");
        foreach (var parameter in Network.Parameters)
        {
            parameter.ConvertTo(precision);
            parameter.Value.Set(values[parameter.Name]);
        }
        var shape = new Shape(Sizes.Steps * BatchSize);
        Batch = new SequenceBatch(
            IndexTensor.From(shape, file.Integers("x")),
            IndexTensor.From(shape, file.Integers("y")),
            file.Numbers("h0").ToTensor(precision, BatchSize, Sizes.Hidden));
    }

    public SequenceSizes Sizes { get; }

    public int BatchSize { get; }

    public SequenceNetwork Network { get; }

    public SequenceBatch Batch { get; }

    /// <summary>Reference numbers in the layout of our parameters, by name.</summary>
    public Dictionary<string, double[]> Parameters(string path)
    {
        int hidden = Sizes.Hidden * Sizes.Hidden, inputs = Sizes.Embedding * Sizes.Hidden;
        double[] modulesHidden = Read("Wm_h"), modulesInputs = Read("Wm_x");
        var parameters = new Dictionary<string, double[]>
        {
            ["embedding.weight"] = Read("emb"),
            ["gru.gates.weight"] = [.. Read("Wg_h"), .. Read("Wg_x")],
            ["gru.modules.weight"] =
            [
                .. Enumerable.Range(0, Sizes.Modules).SelectMany(m => modulesHidden.Skip(m * hidden).Take(hidden)
                    .Concat(modulesInputs.Skip(m * inputs).Take(inputs))),
            ],
            ["gru.modules.bias"] = Read("bm"),
            ["output.weight"] = Transpose(Read("Wo"), Sizes.Items, Sizes.Hidden),
            ["output.bias"] = Read("bo"),
        };
        if (_hasController)
        {
            parameters["gru.controller.weight"] = [.. Read("Wc_h"), .. Read("Wc_x")];
            parameters["gru.controller.bias"] = Read("bc");
        }
        return parameters;

        double[] Read(string name) => _file.Numbers($"{path}.{name}");
    }

    /// <summary>Numbers of all steps, <c>[steps, batch]</c>, summed over steps.</summary>
    public double[] SumOverSteps(string path)
    {
        double[] numbers = _file.Numbers(path);
        return [.. Enumerable.Range(0, BatchSize).Select(n => numbers.Where((_, i) => i % BatchSize == n).Sum())];
    }

    public void AssertGradients(double tolerance)
    {
        var expected = Parameters("expected.grads");
        Assert.Equal(expected.Count, Network.Parameters.Count);
        foreach (var parameter in Network.Parameters)
            Numbers.AssertClose(expected[parameter.Name], parameter.Gradient, tolerance, parameter.Name);
    }

    private static double[] Transpose(double[] matrix, int rows, int columns) =>
        [.. Enumerable.Range(0, columns).SelectMany(c => Enumerable.Range(0, rows).Select(r => matrix[(r * columns) + c]))];
}
