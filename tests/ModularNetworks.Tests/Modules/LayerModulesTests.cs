using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class LayerModulesTests
{
    private const int Modules = 4;
    private const int Inputs = 3;
    private const int Outputs = 2;
    private const int Rows = 6;

    private static readonly RandomKey Key = RandomKey.FromSeed(41);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Modules_that_are_layers_do_what_linear_modules_with_their_weights_do(int picks)
    {
        var linear = new LinearModules("linear", Modules, Inputs, Outputs, Activation.Tanh, Key);
        Numbers.Randomize(linear.Parameters, Key, Precision.Double);
        Linear[] layers = [.. Enumerable.Range(0, Modules).Select(m => new Linear($"module {m}", Inputs, Outputs, Key))];
        for (int m = 0; m < Modules; m++)
        {
            Numbers.Randomize(layers[m].Parameters, Key, Precision.Double);
            layers[m].Weight.Value.Set(Part(linear.Weight.Value, m));
            layers[m].Bias!.Value.Set(Part(linear.Bias.Value, m));
        }
        var pool = new LayerModules([.. layers.Select(layer => new Sequential(layer, Activation.Tanh))]);
        Assert.Equal(2 * Modules, pool.Parameters.Count);

        var (expected, actual) = (Run(linear, picks), Run(pool, picks));
        Numbers.AssertClose(expected.Output, actual.Output, 1e-12, "output");
        Numbers.AssertClose(expected.InputGradient, actual.InputGradient, 1e-12, "input gradient");
        for (int m = 0; m < Modules; m++)
        {
            Numbers.AssertClose(Part(linear.Weight.Gradient, m), layers[m].Weight.Gradient, 1e-12, $"weight {m}");
            Numbers.AssertClose(Part(linear.Bias.Gradient, m), layers[m].Bias!.Gradient, 1e-12, $"bias {m}");
        }
    }

    [Fact]
    public void Only_selected_modules_run()
    {
        using var bench = new Workbench(Precision.Single);
        var pool = new LayerModules(new Linear("used", Inputs, Outputs, Key), new Unusable());
        var output = pool.Forward(
            bench.Tape, Tensor.Allocate(new Shape(Rows, Inputs)), IndexTensor.Allocate(new Shape(Rows, 1)));
        Assert.Equal(new Shape(Rows, 1, Outputs), output.Shape);
    }

    [Fact]
    public void Modules_of_different_output_sizes_are_refused()
    {
        using var bench = new Workbench(Precision.Single);
        var pool = new LayerModules(new Linear("two", Inputs, 2, Key), new Linear("three", Inputs, 3, Key));
        var selection = IndexTensor.From(new Shape(2, 1), [0, 1]);
        var error = Assert.Throws<ShapeException>(
            () => pool.Forward(bench.Tape, Tensor.Allocate(new Shape(2, Inputs)), selection));
        Assert.Contains("[1, 3]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[1, 2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_has_at_least_one_module() => Assert.Throws<ArgumentException>(() => new LayerModules());

    private static double[] Part(Tensor tensor, int module)
    {
        int size = tensor.Shape.Count / Modules;
        return tensor.ToDoubles()[(module * size)..((module + 1) * size)];
    }

    private static (double[] Output, double[] InputGradient) Run(ModulePool pool, int picks)
    {
        using var bench = new Workbench(Precision.Double);
        var input = new Parameter("input", new Shape(Rows, Inputs));
        Numbers.Randomize([input], Key, Precision.Double);
        int[] modules = [2, 0, 2, 2, 3, 2, 0, 0, 2, 3, 3, 0];
        var selection = IndexTensor.From(new Shape(Rows, picks), modules.AsSpan(0, Rows * picks));
        var output = pool.Forward(bench.Tape, input.Value, selection);
        bench.Tape.Backward(bench.Tape.Mean(bench.Tape.Square(output)));
        return (output.ToDoubles(), input.Gradient.ToDoubles());
    }

    private sealed class Unusable : Layer
    {
        public override IReadOnlyList<Parameter> Parameters => [];

        public override Tensor Forward(Tape tape, Tensor input) => throw new InvalidOperationException("Must not run.");
    }
}
