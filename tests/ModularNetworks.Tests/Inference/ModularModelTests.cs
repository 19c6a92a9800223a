using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ModularModelTests
{
    private const int Datapoints = 40;

    private static readonly RandomKey Key = RandomKey.FromSeed(51);

    public static TheoryData<int, int, int, int, int> Sizes => new()
    {
        // layers, M, K, inputs, families
        { 1, 1, 1, 1, 0 }, { 1, 2, 1, 2, 0 }, { 2, 5, 3, 7, 0 }, { 3, 20, 2, 17, 0 }, { 2, 5, 2, 16, 2 }, { 3, 7, 3, 33, 3 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Datapoint_by_datapoint_it_predicts_what_an_evaluation_computes(
        int layers, int modules, int picks, int inputs, int families)
    {
        var network = Network(layers, modules, picks, inputs, families);
        AssertPredictsAs(
            network, pass => pass.Begin(new ModeSelection(), Datapoints), new ModularModel(network.Layout, inputs, network.Predict), network.Layout);
    }

    [Fact]
    public void It_predicts_without_a_choice_of_modules()
    {
        var network = Network(layers: 2, modules: 3, picks: 2, inputs: 5, families: 0);
        var model = new ModularModel(network.Layout, 5, network.Predict, new FixedSelection());
        AssertPredictsAs(network, pass => pass.Begin(new FixedSelection(), Datapoints), model, network.Layout);
        Assert.Equal([0, 1], model.Predict([1, 2, 3, 4, 5]).Composition[layer: 1].Modules.ToArray());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    public void It_predicts_with_mixtures(int mixed)
    {
        const int Modules = 4, Inputs = 5;
        var network = Randomized(new VectorNetwork(
            GaussianLikelihood.Fixed(1),
            [.. Enumerable.Range(0, 2).Select(i => new ModularLayer(
                $"layer {i}", Pool(i, Modules, Inputs, families: 0), new NoisyGate($"gate {i}", Inputs, Modules)))]));
        int picks = Math.Min(mixed, Modules);
        var layout = new CompositionLayout([.. network.Layout.Layers.Select(layer => layer with { Picks = picks })]);
        var model = new ModularModel(network.Layout, Inputs, network.Predict, new MixtureSelection(mixed));
        // The shares' softmax takes the rows of a batch together, and rounds otherwise than for one.
        AssertPredictsAs(network, pass => pass.Begin(new MixtureSelection(mixed), Datapoints), model, layout, tolerance: 1e-6f);
    }

    [Fact]
    public void Modules_that_are_not_selected_do_not_run()
    {
        var network = Network(layers: 2, modules: 6, picks: 2, inputs: 4, families: 0);
        float[] input = [0.3f, -0.2f, 0.9f, 0.1f];
        var model = new ModularModel(network.Layout, 4, network.Predict);
        var expected = model.Predict(input);
        for (int layer = 0; layer < 2; layer++)
        {
            var used = expected.Composition[layer].Modules;
            var weight = network.Parameters.Single(parameter => parameter.Name == $"modules {layer}.weight").Value.Values;
            for (int module = 0; module < 6; module++)
            {
                if (!used.Contains(module))
                    weight.Slice(module * 16, 16).Fill(float.NaN);
            }
        }
        Assert.Equal(expected.Output.ToArray(), model.Predict(input).Output.ToArray());
    }

    [Fact]
    public void It_allocates_nothing()
    {
        var network = Network(layers: 2, modules: 6, picks: 2, inputs: 4, families: 2);
        var model = new ModularModel(network.Layout, 4, network.Predict);
        var answer = new ModelAnswer();
        var batch = Tensor.Allocate(new Shape(3, 4));
        float[] input = new float[4];
        Allocations.AssertNone(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                input[i % 4] += 0.1f;
                model.Predict(input, answer);
                model.Predict(batch, answer);
            }
        });
    }

    [Fact]
    public void It_allocates_nothing_where_modules_are_layers()
    {
        var pool = new LayerModules([.. Enumerable.Range(0, 3).Select(m => new Linear($"module {m}", 4, 4, Key.Split((ulong)m)))]);
        var layer = new ModularLayer("layer", pool, new LinearController("controller", 4, 3, picks: 2, Key));
        var model = new ModularModel(new CompositionLayout(layer.Layout), 4, layer.Forward);
        float[] input = [1, 2, 3, 4];
        var answer = new ModelAnswer();
        Allocations.AssertNone(() => model.Predict(input, answer));
    }

    [Fact]
    public void Another_number_of_inputs_is_refused()
    {
        var network = Network(layers: 1, modules: 2, picks: 1, inputs: 2, families: 0);
        var model = new ModularModel(network.Layout, 2, network.Predict);
        var error = Assert.Throws<ArgumentException>(() => model.Predict([1, 2, 3]));
        Assert.StartsWith("ModularModel: 3 numbers given; the network reads 2.", error.Message, StringComparison.Ordinal);
        var wrong = Assert.Throws<ShapeException>(() => model.Predict(Tensor.Allocate(new Shape(4, 3))));
        Assert.Equal("ModularModel: the batch has shape [4, 3]; it must be [rows, 2] with at least one row.", wrong.Message);
        Assert.Throws<ShapeException>(() => model.Predict(Tensor.Allocate(new Shape(0, 2))));
        Assert.Throws<ShapeException>(() => model.Predict(Tensor.Allocate(new Shape(2))));
    }

    [Fact]
    public void An_output_that_is_not_of_the_datapoints_is_refused()
    {
        var network = Network(layers: 1, modules: 2, picks: 1, inputs: 2, families: 0);
        var model = new ModularModel(network.Layout, 2, (pass, input) => pass.Tape.View(network.Predict(pass, input), new Shape(input.Shape.Count)));
        Assert.Equal(6, model.Predict(Tensor.Allocate(new Shape(3, 2))).Output.Length);
        model = new ModularModel(network.Layout, 2, (pass, input) =>
        {
            network.Predict(pass, input);
            return pass.Tape.Constant(new Shape(4), [1, 2, 3, 4]);
        });
        var error = Assert.Throws<ShapeException>(() => model.Predict(Tensor.Allocate(new Shape(3, 2))));
        Assert.Equal("ModularModel: the network's output has shape [4] for 3 datapoints; it must be [3, outputs].", error.Message);
    }

    [Fact]
    public void An_answer_has_no_other_rows_than_were_predicted()
    {
        var network = Network(layers: 1, modules: 2, picks: 1, inputs: 2, families: 0);
        var answer = new ModelAnswer();
        Assert.Equal((0, 0), (answer.Rows, answer.Output.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => answer.Composition.Layout);
        new ModularModel(network.Layout, 2, network.Predict).Predict(Tensor.Allocate(new Shape(3, 2)), answer);
        Assert.Equal((3, 6), (answer.Rows, answer.Output.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => answer.OutputOf(3).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => answer.CompositionOf(-1).Layout);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_layout_of_other_layers_is_refused(int layers)
    {
        var network = Network(layers: 2, modules: 2, picks: 1, inputs: 2, families: 0);
        var layout = Network(layers, modules: 2, picks: 1, inputs: 2, families: 0).Layout;
        var model = new ModularModel(layout, 2, network.Predict);
        var error = Assert.Throws<ShapeException>(() => model.Predict([1, 2]));
        Assert.Contains($"selected 2 modules, its layout has {layers}", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Compares outputs and modules with those of one pass over all datapoints.</summary>
    private static void AssertPredictsAs(
        VectorNetwork network, Action<ForwardPass> begin, ModularModel model, CompositionLayout layout, float tolerance = 0)
    {
        using var bench = new Workbench(Precision.Single);
        var data = VectorNetwork.Batch(Key, Datapoints, model.Inputs, Precision.Single).Inputs;
        bench.Tape.Reset(recording: false);
        begin(bench.Pass);
        float[] expected = network.Predict(bench.Pass, data).Values.ToArray();
        int outputs = expected.Length / Datapoints;
        int[] used = new int[layout.Length];
        var batch = model.Predict(data);
        Assert.Equal(Datapoints, batch.Rows);
        for (int n = 0; n < Datapoints; n++)
        {
            var alone = model.Predict(data.Values.Slice(n * model.Inputs, model.Inputs));
            Assert.Equal(outputs, alone.Output.Length);
            for (int i = 0; i < outputs; i++)
                Assert.Equal(expected[(n * outputs) + i], alone.Output[i], tolerance);
            Assert.Equal(expected[(n * outputs)..((n + 1) * outputs)], batch.OutputOf(n).ToArray());
            bench.Pass.Trace.CopyComposition(n, used);
            for (int layer = 0; layer < layout.Layers.Count; layer++)
            {
                int offset = layout.OffsetOf(layer), length = layout.Layers[layer].Length;
                Assert.Equal(used[offset..(offset + length)], alone.Composition[layer].Modules.ToArray());
                Assert.Equal(used[offset..(offset + length)], batch.CompositionOf(n)[layer].Modules.ToArray());
            }
        }
    }

    private static VectorNetwork Network(int layers, int modules, int picks, int inputs, int families) =>
        Randomized(new VectorNetwork(
            GaussianLikelihood.Fixed(1),
            [.. Enumerable.Range(0, layers).Select(i => new ModularLayer(
                $"layer {i}",
                Pool(i, modules, inputs, families),
                new LinearController($"controller {i}", inputs, modules, picks, Key, new ModuleFamilies(families))))]));

    private static LinearModules Pool(int layer, int modules, int size, int families) =>
        new($"modules {layer}", modules, size, size, Activation.None, Key, new ModuleFamilies(families));

    private static VectorNetwork Randomized(VectorNetwork network)
    {
        Numbers.Randomize(network.Parameters, Key, Precision.Single);
        return network;
    }
}
