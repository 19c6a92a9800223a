using ModularNetworks.Engine;

namespace ModularNetworks.Onnx.Tests;

/// <summary>A perceptron, its file, and inputs for both.</summary>
internal sealed class PerceptronCase : IDisposable
{
    private readonly ModularMlp _network;
    private readonly SelectionRule _rule;
    private readonly Clusters? _clusters;
    private readonly Tape _tape;
    private readonly OnnxFile _file;

    public PerceptronCase(ModularMlpSizes sizes, SelectionRule? rule = null, Clusters? clusters = null)
    {
        (_rule, _clusters) = (rule ?? new ModeSelection(), clusters);
        _network = new ModularMlp(sizes, _rule, RandomKey.FromSeed(1));
        _network.Randomized(_network.Parameters);
        _tape = new Tape(SimdKernels.Create(new WorkerPool(threadCount: 1)));
        _file = new OnnxFile(stream => OnnxExport.Write(stream, _network, new OnnxVectors { Rule = _rule, Clusters = clusters }));
    }

    public OnnxFile File => _file;

    public void Dispose() => _file.Dispose();

    /// <summary>Compares outputs and modules for all rows; every module is used.</summary>
    /// <param name="inputs"><c>[rows, features]</c>.</param>
    /// <param name="batch">The number of rows of a run.</param>
    /// <param name="allUsed">Whether each module of each layer must be used.</param>
    public void Check(float[] inputs, int batch, bool allUsed = true)
    {
        int features = _network.Sizes.Inputs, layers = _network.Layout.Layers.Count;
        var used = Enumerable.Range(0, layers).Select(_ => new HashSet<int>()).ToArray();
        foreach (float[] chunk in inputs.Chunk(batch * features))
        {
            int rows = chunk.Length / features;
            var answers = _file.Run(OnnxFile.Input<float>("features", chunk, rows, features));
            var (output, modules, shares) = Ours(chunk, rows);
            Equal.Numbers(output, answers.Numbers("output"));
            for (int layer = 0; layer < layers; layer++)
            {
                if (_rule is FixedSelection)
                    continue;
                string name = _network.Layout.Layers[layer].Name;
                Assert.Equal(modules[layer], answers.Modules(name));
                if (shares[layer] is { } expected)
                    Equal.Numbers(expected, answers.Numbers($"{name}_shares"));
                used[layer].UnionWith(modules[layer]);
            }
        }
        if (allUsed)
            Assert.All(used, layer => Assert.Equal(_network.Sizes.Modules, layer.Count));
    }

    private (float[] Output, int[][] Modules, float[]?[] Shares) Ours(float[] inputs, int rows)
    {
        var x = Tensor.From(new Shape(rows, _network.Sizes.Inputs), inputs);
        _tape.Reset(recording: false);
        var pass = new ForwardPass(_tape);
        pass.Begin(_rule, rows);
        var output = _network.Predict(pass, new VectorBatch(x, Classes: null, Targets: null, _clusters?.Nearest(x)));
        var selections = Enumerable.Range(0, _network.Layout.Layers.Count).Select(layer => pass.Trace.SelectionOf(layer)).ToArray();
        return (output.Values.ToArray(), [.. selections.Select(one => one.Modules.Values.ToArray())], [.. selections.Select(one => one.Shares?.Values.ToArray())]);
    }
}
