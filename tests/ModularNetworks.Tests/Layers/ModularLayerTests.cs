using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ModularLayerTests
{
    private const int Batch = 5;
    private const int Size = 2;
    private const double Tolerance = 1e-12;

    private static readonly RandomKey Key = RandomKey.FromSeed(21);

    [Fact]
    public void One_module_is_the_plain_layer_with_the_same_weights()
    {
        using var bench = new Workbench(Precision.Double);
        var network = VectorNetwork.Create(layers: 1, modules: 1, picks: 1);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = VectorNetwork.Batch(Key, Batch, Size, Precision.Double);
        bench.Pass.BeginGiven(Given(new int[Batch], picks: 1));
        var logLikelihood = network.LogLikelihood(bench.Pass, data);
        bench.Tape.Backward(bench.Loss(logLikelihood));
        Assert.All(bench.Pass.Trace.LogProbability!.ToDoubles(), value => Assert.Equal(0, value));

        using var plain = new Workbench(Precision.Double);
        var linear = new Linear("plain", Size, Size, Key);
        Copy(network.Parameters, linear.Parameters);
        plain.Pass.BeginGiven(Given(new int[Batch], picks: 1));
        var mean = linear.Forward(plain.Tape, data.Inputs);
        var expected = GaussianLikelihood.Fixed(1).LogLikelihood(plain.Pass, mean, data.Targets);
        plain.Tape.Backward(plain.Loss(expected));
        Numbers.AssertClose(expected.ToDoubles(), logLikelihood, Tolerance, "log-likelihood");
        foreach (var (wanted, got) in linear.Parameters.Zip(network.Parameters))
            Numbers.AssertClose(wanted.Gradient.ToDoubles(), got.Gradient, Tolerance, got.Name);
    }

    [Fact]
    public void Fixed_modules_are_all_modules_summed()
    {
        using var bench = new Workbench(Precision.Double);
        var pool = Pool(modules: 3);
        var layer = new ModularLayer("layer", pool, new FixedChoice(picks: 3));
        var input = Input();
        bench.Pass.Begin(new FixedSelection(), Batch);
        var output = layer.Forward(bench.Pass, input);
        var expected = Enumerable.Range(0, 3).Select(module => Output(pool, input, module))
            .Aggregate((sum, next) => [.. sum.Zip(next, (left, right) => left + right)]);
        Numbers.AssertClose(expected, output, Tolerance, "output");
        Assert.Null(bench.Pass.Trace.LogProbability);
    }

    [Fact]
    public void A_module_selected_twice_counts_twice()
    {
        using var bench = new Workbench(Precision.Double);
        var (pool, input) = (Pool(modules: 3), Input());
        var layer = new ModularLayer("layer", pool, Controller(modules: 3, picks: 2));
        bench.Pass.BeginGiven(Given([1, 1, 2, 2, 0, 0, 1, 1, 0, 0], picks: 2));
        double[] output = layer.Forward(bench.Pass, input).ToDoubles();
        int[] modules = [1, 2, 0, 1, 0];
        for (int n = 0; n < Batch; n++)
        {
            for (int i = 0; i < Size; i++)
                Assert.Equal(2 * Output(pool, input, modules[n])[(n * Size) + i], output[(n * Size) + i], Tolerance);
        }
    }

    [Fact]
    public void Outputs_are_concatenated_in_the_order_of_the_picks()
    {
        using var bench = new Workbench(Precision.Double);
        var (pool, input) = (Pool(modules: 3), Input());
        var layer = new ModularLayer("layer", pool, Controller(modules: 3, picks: 2), Combination.Concatenate);
        int[] picks = [2, 0, 0, 2, 1, 1, 1, 0, 2, 1];
        bench.Pass.BeginGiven(Given(picks, picks: 2));
        var output = layer.Forward(bench.Pass, input);
        Assert.Equal(new Shape(Batch, 2 * Size), output.Shape);
        for (int pick = 0; pick < picks.Length; pick++)
        {
            double[] expected = Output(pool, input, picks[pick])[(pick / 2 * Size)..((pick / 2 * Size) + Size)];
            Assert.Equal(expected, output.ToDoubles()[(pick * Size)..((pick * Size) + Size)]);
        }
    }

    [Fact]
    public void A_pool_shared_by_two_layers_learns_from_both()
    {
        var pool = Pool(modules: 2);
        var shared = Network(pool, pool);
        var separate = Network(pool, Pool(modules: 2, name: "other"));
        Assert.Equal(shared.Parameters.Count + 2, separate.Parameters.Count);
        double[][] both = Gradients(shared), apart = Gradients(separate);
        // Separate: the first pool's weight and bias, its controller's, the other pool's, its controller's.
        for (int i = 0; i < 2; i++)
        {
            double[] sum = [.. apart[i].Zip(apart[i + 4], (first, second) => first + second)];
            Numbers.AssertClose(sum, both[i], Tolerance, shared.Parameters[i].Name);
            Assert.Contains(apart[i + 4], value => value != 0);
        }
    }

    [Fact]
    public void Modules_that_no_datapoint_selects_have_no_gradient()
    {
        using var bench = new Workbench(Precision.Double);
        var network = VectorNetwork.Create(layers: 1, modules: 3, picks: 1);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        bench.Pass.BeginGiven(Given([0, 2, 2, 0, 0], picks: 1));
        var data = VectorNetwork.Batch(Key, Batch, Size, Precision.Double);
        bench.Tape.Backward(bench.Loss(network.LogLikelihood(bench.Pass, data)));
        double[] weight = network.Parameters[0].Gradient.ToDoubles();
        Assert.All(weight[4..8], value => Assert.Equal(0, value));
        Assert.All(weight[..4], value => Assert.NotEqual(0, value));
        Assert.All(weight[8..], value => Assert.NotEqual(0, value));
    }

    [Fact]
    public void Controller_and_pool_must_have_the_same_number_of_modules()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new ModularLayer("top", Pool(modules: 3), Controller(modules: 4, picks: 1)));
        Assert.Contains("top", error.Message, StringComparison.Ordinal);
        Assert.Contains("4", error.Message, StringComparison.Ordinal);
        Assert.Contains("3", error.Message, StringComparison.Ordinal);
    }

    private static double[][] Gradients(VectorNetwork network)
    {
        using var bench = new Workbench(Precision.Double);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        foreach (var parameter in network.Parameters)
            parameter.Value.Set(Numbers.Uniform(Key.Split(parameter.Shape.Rank > 2 ? 1UL : 2UL), parameter.Shape.Count));
        bench.Pass.BeginGiven(Given([0, 1, 1, 0, 1, 1, 0, 0, 1, 1], picks: 2));
        var data = VectorNetwork.Batch(Key, Batch, Size, Precision.Double);
        bench.Tape.Backward(bench.Loss(network.LogLikelihood(bench.Pass, data)));
        return [.. network.Parameters.Select(parameter => parameter.Gradient.ToDoubles())];
    }

    private static VectorNetwork Network(ModulePool first, ModulePool second) => new(
        GaussianLikelihood.Fixed(1),
        new ModularLayer("first", first, Controller(modules: 2, picks: 1)),
        new ModularLayer("second", second, Controller(modules: 2, picks: 1)));

    private static LinearModules Pool(int modules, string name = "pool")
    {
        var pool = new LinearModules(name, modules, Size, Size, Activation.None, Key);
        Numbers.Randomize(pool.Parameters, Key, Precision.Double);
        return pool;
    }

    private static LinearController Controller(int modules, int picks)
    {
        var controller = new LinearController("controller", Size, modules, picks, Key);
        Numbers.Randomize(controller.Parameters, Key, Precision.Double);
        return controller;
    }

    private static Tensor Input() =>
        Numbers.Uniform(Key.Split("input"), Batch * Size).ToTensor(Precision.Double, Batch, Size);

    private static IndexTensor Given(int[] modules, int picks) => IndexTensor.From(new Shape(Batch, picks), modules);

    /// <summary>One module's output for all datapoints.</summary>
    private static double[] Output(LinearModules pool, Tensor input, int module)
    {
        double[] weight = pool.Weight.Value.ToDoubles(), bias = pool.Bias.Value.ToDoubles(), x = input.ToDoubles();
        var output = new double[Batch * Size];
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = bias[(module * Size) + (i % Size)];
            for (int j = 0; j < Size; j++)
                output[i] += x[(i / Size * Size) + j] * weight[(((module * Size) + j) * Size) + (i % Size)];
        }
        return output;
    }

    private static void Copy(IReadOnlyList<Parameter> from, IReadOnlyList<Parameter> to)
    {
        for (int i = 0; i < to.Count; i++)
        {
            to[i].ConvertTo(Precision.Double);
            to[i].Value.Set(from[i].Value.ToDoubles());
        }
    }
}
