namespace ModularNetworks.Engine.Tests;

public sealed class LayerTests : IDisposable
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    private readonly WorkerPool _workers = new(1);
    private readonly Tape _tape;

    public LayerTests() => _tape = new Tape(SimdKernels.Create(_workers));

    public void Dispose() => _workers.Dispose();

    [Fact]
    public void A_linear_layer_multiplies_and_adds()
    {
        var layer = new Linear("output", 2, 3, Key);
        new float[] { 1, 2, 3, 4, 5, 6 }.CopyTo(layer.Weight.Value.Values);
        new float[] { 10, 20, 30 }.CopyTo(layer.Bias!.Value.Values);
        var output = layer.Forward(_tape, _tape.Constant(new Shape(1, 2), [1, -1]));
        Assert.Equal(new Shape(1, 3), output.Shape);
        Assert.Equal([7, 17, 27], output.Values.ToArray());
    }

    [Fact]
    public void Parameter_names_are_composed_with_dots()
    {
        Assert.Equal(["output.weight", "output.bias"], new Linear("output", 2, 3, Key).Parameters.Select(p => p.Name));
        Assert.Equal(["output.weight"], new Linear("output", 2, 3, Key, bias: false).Parameters.Select(p => p.Name));
        Assert.Equal(["words.weight"], new Embedding("words", 2, 3, Key).Parameters.Select(p => p.Name));
    }

    [Fact]
    public void Glorot_weights_fill_their_interval_and_nothing_else()
    {
        var weights = Tensor.Allocate(new Shape(200, 100));
        Initialization.GlorotUniform(weights, 200, 100, Key);
        double limit = Math.Sqrt(6.0 / 300);
        Assert.All(weights.Values.ToArray(), value => Assert.InRange(value, -limit, limit));
        double variance = weights.Values.ToArray().Average(value => (double)value * value);
        Assert.Equal(2.0 / 300, variance, 0.0001);
    }

    [Fact]
    public void Initial_values_depend_on_the_key_alone()
    {
        var first = new Linear("a", 4, 4, Key).Weight.Value.Values.ToArray();
        Assert.Equal(first, new Linear("b", 4, 4, Key).Weight.Value.Values.ToArray());
        Assert.NotEqual(first, new Linear("a", 4, 4, Key.Split(1)).Weight.Value.Values.ToArray());
    }

    [Fact]
    public void Layers_for_images_follow_each_other_without_flattening()
    {
        var convolution = new Convolution("filters", new ImageShape(1, 3, 3), 2, new Window(2), Key);
        new float[] { 1, 0, 0, 1, 0, 1, -1, 0 }.CopyTo(convolution.Weight.Value.Values);
        new float[] { 0, 100 }.CopyTo(convolution.Bias.Value.Values);
        var image = _tape.Constant(new Shape(1, 9), [1, 2, 3, 4, 5, 6, 7, 8, 9]);

        var filtered = convolution.Forward(_tape, image);
        Assert.Equal(new ImageShape(2, 2, 2), convolution.Output);
        Assert.Equal([6, 8, 12, 14, 98, 98, 98, 98], filtered.Values.ToArray());
        Assert.Equal([10, 98], new ChannelMeans(convolution.Output).Forward(_tape, filtered).Values.ToArray());

        var largest = Pooling.Max(convolution.Output, new Window(2));
        Assert.Equal(new ImageShape(2, 1, 1), largest.Output);
        Assert.Equal([14, 98], largest.Forward(_tape, filtered).Values.ToArray());
        var means = Pooling.Average(new ImageShape(1, 3, 3), new Window(2, 2, 0, 1));
        Assert.Equal([3, 4.5f, 7.5f, 9], means.Forward(_tape, image).Values.ToArray());
    }

    [Fact]
    public void An_embedding_looks_up_rows()
    {
        var words = new Embedding("words", 5, 3, Key);
        var output = words.Forward(_tape, IndexTensor.From(new Shape(2, 2), [4, 0, 0, 2]));
        Assert.Equal(new Shape(2, 2, 3), output.Shape);
        Assert.Equal(words.Weight.Value.Values[12..15].ToArray(), output.Values[..3].ToArray());
        Assert.Equal(words.Weight.Value.Values[..3].ToArray(), output.Values[6..9].ToArray());
    }

    [Fact]
    public void Embeddings_start_within_Glorots_limit_and_fill_it()
    {
        double limit = Math.Sqrt(6.0 / (500 + 16));
        float[] values = new Embedding("words", 500, 16, Key).Weight.Value.Values.ToArray();
        Assert.All(values, value => Assert.InRange(value, -limit, limit));
        Assert.InRange(values.Max(), 0.99 * limit, limit);
        Assert.InRange(values.Min(), -limit, -0.99 * limit);
    }

    [Fact]
    public void A_chain_applies_its_layers_in_order()
    {
        var first = new Linear("first", 3, 4, Key.Split(1));
        var second = new Linear("second", 4, 2, Key.Split(2));
        var input = _tape.Constant(new Shape(2, 3), [1, 2, 3, -1, -2, 0.5f]);
        var expected = second.Forward(_tape, _tape.Tanh(first.Forward(_tape, input)));
        var chain = new Sequential(first, Activation.Tanh, second, Activation.None);
        Assert.Equal(expected.Values.ToArray(), chain.Forward(_tape, input).Values.ToArray());
        Assert.Equal([.. first.Parameters, .. second.Parameters], chain.Parameters);
    }

    [Fact]
    public void A_layer_used_twice_lists_its_parameters_once()
    {
        var layer = new Linear("shared", 3, 3, Key);
        Assert.Equal(layer.Parameters, new Sequential(layer, Activation.Relu, layer).Parameters);
    }

    [Fact]
    public void Two_layers_of_a_chain_cannot_share_a_name()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new Sequential(new Linear("same", 3, 3, Key), new Linear("same", 3, 3, Key)));
        Assert.Contains("same.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_has_correct_gradients()
    {
        var chain = new Sequential(
            new Linear("first", 3, 4, Key.Split(1)), Activation.Tanh, new Linear("second", 4, 2, Key.Split(2)), Activation.Sigmoid);
        var worst = GradientCheck.LargestError(
            chain.Parameters,
            tape => tape.Mean(tape.Square(chain.Forward(tape, tape.Constant(new Shape(2, 3), [1, 2, 3, -1, -2, 0.5f])))));
        Assert.True(worst.Size < 1e-6, worst.ToString());
        Assert.All(chain.Parameters, parameter => Assert.Equal(Precision.Single, parameter.Value.Precision));
    }

    [Fact]
    public void Wrong_input_sizes_are_named()
    {
        var layer = new Linear("output", 2, 3, Key);
        var error = Assert.Throws<ShapeException>(() => layer.Forward(_tape, _tape.Rent(new Shape(4, 5))));
        Assert.Contains("[4, 5]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[2, 3]", error.Message, StringComparison.Ordinal);
    }
}
