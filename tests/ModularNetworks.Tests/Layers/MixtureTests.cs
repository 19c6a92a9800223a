using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Layers that mix their modules by noisy top-k gating.</summary>
public sealed class MixtureTests
{
    private const int Batch = 5;
    private const int Size = 3;
    private const double Tolerance = 1e-12;

    private static readonly RandomKey Key = RandomKey.FromSeed(41);
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 3, Hidden: 4, Modules: 5, Picks: 1, Steps: 4);

    public static TheoryData<int, bool, Precision, double> Variants => new()
    {
        { 1, true, Precision.Double, 1e-12 }, { 2, true, Precision.Double, 1e-12 }, { 4, false, Precision.Double, 1e-12 },
        { 5, true, Precision.Double, 1e-12 }, { 9, true, Precision.Double, 1e-12 },
        { 2, true, Precision.Single, 1e-5 }, { 4, true, Precision.Single, 1e-5 }, { 4, false, Precision.Single, 1e-5 },
    };

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(4, true)]
    [InlineData(7, true)]
    [InlineData(1, true, MixtureShares.OfAll)]
    [InlineData(2, false, MixtureShares.OfAll)]
    public void A_layer_is_the_sum_of_the_modules_with_the_largest_logits_times_their_shares(
        int mixed, bool noisy, MixtureShares kind = MixtureShares.OfMixed)
    {
        using var bench = new Workbench(Precision.Double);
        var layer = RandomLayer(Combination.Sum);
        var input = Input();
        Begin(bench.Pass, mixed, noisy, kind);
        double[][] output = PlainNoisyGate.Rows(layer.Forward(bench.Pass, input));
        double[][] shares = ExpectedShares(bench, layer, input, mixed, noisy, kind);
        for (int n = 0; n < Batch; n++)
        {
            double[] expected = new double[Size];
            for (int module = 0; module < layer.Pool.Modules; module++)
            {
                double[] part = Output(layer.Pool, input, module)[n];
                for (int i = 0; i < Size; i++)
                    expected[i] += shares[n][module] * part[i];
            }
            Numbers.AssertClose(expected, output[n], Tolerance, $"output {n}");
        }
    }

    [Fact]
    public void Outputs_times_shares_are_concatenated_from_the_largest_share_to_the_smallest()
    {
        using var bench = new Workbench(Precision.Double);
        var layer = RandomLayer(Combination.Concatenate);
        var input = Input();
        Begin(bench.Pass, mixed: 3, noisy: true);
        var output = layer.Forward(bench.Pass, input);
        Assert.Equal(new Shape(Batch, 3 * Size), output.Shape);
        double[][] shares = ExpectedShares(bench, layer, input, mixed: 3, noisy: true);
        for (int n = 0; n < Batch; n++)
        {
            var order = Enumerable.Range(0, layer.Pool.Modules).OrderByDescending(module => shares[n][module]).Take(3);
            double[] expected = [.. order.SelectMany(module =>
                Output(layer.Pool, input, module)[n].Select(value => shares[n][module] * value))];
            Numbers.AssertClose(expected, PlainNoisyGate.Rows(output)[n], Tolerance, $"output {n}");
        }
    }

    [Theory]
    [InlineData(Combination.Sum, 1, 0.0)]
    [InlineData(Combination.Sum, 3, 0.7)]
    [InlineData(Combination.Sum, 1, 0.7)]
    [InlineData(Combination.Sum, 1, 0.7, MixtureShares.OfAll)]
    [InlineData(Combination.Sum, 2, 0.0, MixtureShares.OfAll)]
    public void All_gradients_of_layers_agree_with_central_differences(
        Combination combination, int mixed, double weight, MixtureShares shares = MixtureShares.OfMixed)
    {
        var network = MixtureNetworks.Create(layers: 2, modules: 4, combination);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = VectorNetwork.Batch(Key, Batch, 2, Precision.Double);
        AssertGradients(network, data, mixed, new Balancing(weight, 2 * weight), shares);
    }

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(3, 0.0)]
    [InlineData(1, 0.7)]
    [InlineData(3, 0.7)]
    public void All_gradients_of_the_unit_agree_with_central_differences(int mixed, double weight)
    {
        var network = new SequenceNetwork(Sizes, new MixtureSelection(4));
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var data = SequenceNetwork.Batch(Key, Sizes, 3, Precision.Double);
        AssertGradients(network, data, mixed, new Balancing(weight, 2 * weight));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_unit_written_step_by_step_has_the_same_values_and_gradients(
        int mixed, bool noisy, Precision precision, double tolerance)
    {
        var (fused, unrolled) = (new SequenceNetwork(Sizes, new MixtureSelection(4)), new UnrolledMixtureNetwork(Sizes));
        double[] expected = Run(unrolled, mixed, noisy, precision), actual = Run(fused, mixed, noisy, precision);
        Numbers.AssertClose(expected, actual, tolerance, "log-likelihood");
        foreach (var (wanted, got) in unrolled.Parameters.Zip(fused.Parameters))
        {
            Numbers.AssertClose(wanted.Gradient.ToDoubles(), got.Gradient, tolerance, got.Name);
            bool learns = mixed > 1 || got != fused.Unit.Gate().Weight;
            Assert.Contains(got.Gradient.ToDoubles(), value => value != 0 || !learns);
        }
    }

    [Fact]
    public void With_one_module_kept_the_gate_has_no_gradient_from_the_likelihood()
    {
        var sequences = new SequenceNetwork(Sizes, new MixtureSelection(4));
        Run(sequences, mixed: 1, noisy: true, Precision.Single);
        Assert.All(sequences.Unit.Gate().Weight.Gradient.ToDoubles(), value => Assert.Equal(0, value));

        using var bench = new Workbench(Precision.Single);
        var network = MixtureNetworks.Create(layers: 1, modules: 4);
        Numbers.Randomize(network.Parameters, Key, Precision.Single);
        Begin(bench.Pass, mixed: 1, noisy: true);
        var data = VectorNetwork.Batch(Key, Batch, 2, Precision.Single);
        bench.Tape.Backward(bench.Loss(network.LogLikelihood(bench.Pass, data)));
        Assert.All(network.Parameters[^1].Gradient.ToDoubles(), value => Assert.Equal(0, value));
        Assert.Contains(network.Parameters[0].Gradient.ToDoubles(), value => value != 0);
    }

    [Fact]
    public void Evaluation_draws_nothing_and_new_gates_give_equal_shares()
    {
        using var bench = new Workbench(Precision.Single);
        var statistics = new SelectionStatistics();
        bench.Pass.Observer = statistics;
        var network = new SequenceNetwork(Sizes, new MixtureSelection(4));
        var data = SequenceNetwork.Batch(Key, Sizes, 3, Precision.Single);
        bench.Tape.Reset(recording: false);
        bench.Pass.Begin(new MixtureSelection(modules: 4), 3);
        double[] first = network.LogLikelihood(bench.Pass, data).ToDoubles();
        bench.Tape.Reset(recording: false);
        bench.Pass.Begin(new MixtureSelection(modules: 4), 3);
        Assert.Equal(first, network.LogLikelihood(bench.Pass, data).ToDoubles());
        Assert.All(first, value => Assert.True(double.IsFinite(value)));
        Assert.Equal(Math.Log(4), statistics.SelectionEntropy, 1e-6);
        Assert.Equal(Math.Log(4), statistics.BatchSelectionEntropy, 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Statistics_are_those_of_the_shares(bool noisy)
    {
        using var bench = new Workbench(Precision.Double);
        var statistics = new SelectionStatistics();
        bench.Pass.Observer = statistics;
        var layer = RandomLayer(Combination.Sum);
        var input = Input();
        Begin(bench.Pass, mixed: 2, noisy);
        layer.Forward(bench.Pass, input);
        double[][] shares = ExpectedShares(bench, layer, input, mixed: 2, noisy);
        double[] mean = [.. Enumerable.Range(0, 4).Select(i => shares.Average(row => row[i]))];
        Assert.Equal(shares.Average(Entropy), statistics.SelectionEntropy, Tolerance);
        Assert.Equal(Entropy(mean), statistics.BatchSelectionEntropy, Tolerance);
    }

    [Fact]
    public void Layers_draw_noise_of_their_own()
    {
        using var bench = new Workbench(Precision.Single);
        Begin(bench.Pass, mixed: 2, noisy: true);
        var gate = new NoisyGate("gate", 2, 20); // all logits are zero: noise alone selects
        var (first, _) = bench.Mix(gate, Tensor.Allocate(new Shape(Batch, 2)));
        var (second, _) = bench.Mix(gate, Tensor.Allocate(new Shape(Batch, 2)));
        Assert.NotEqual(first.Values.ToArray(), second.Values.ToArray());
    }

    [Fact]
    public void What_cannot_mix_or_select_is_refused()
    {
        using var bench = new Workbench(Precision.Single);
        var input = Tensor.Allocate(new Shape(Batch, 2));
        var selecting = VectorNetwork.Layer("selecting", modules: 3, picks: 2, size: 2);
        var mixing = MixtureNetworks.Layer("mixing", modules: 3, size: 2);
        bench.Pass.Begin(new MixtureSelection(modules: 2), Batch);
        Refuses("selecting has no noisy gate and cannot mix modules; it has a LinearController", () => selecting.Forward(bench.Pass, input));
        bench.Pass.Begin(new ModeSelection(), Batch);
        Refuses("mixes modules", () => mixing.Forward(bench.Pass, input));

        var sizes = Sizes with { Picks = 2 };
        var data = SequenceNetwork.Batch(Key, sizes, Batch, Precision.Single);
        bench.Pass.Begin(new MixtureSelection(modules: 2), Batch);
        Refuses("gru has no noisy gate", () => new SequenceNetwork(sizes).States(bench.Pass, data));
        bench.Pass.Begin(new ModeSelection(), Batch);
        Refuses("gru has no controller", () => new SequenceNetwork(Sizes, new MixtureSelection(4)).States(bench.Pass, data));
        bench.Pass.Begin(new MixtureSelection(modules: 1, shares: MixtureShares.OfAll), Batch);
        Refuses("shares of all are not possible", () => new SequenceNetwork(Sizes, new MixtureSelection(1)).States(bench.Pass, data));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixtureSelection(modules: 0));
    }

    private static void Refuses(string message, Func<object> run) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(run).Message, StringComparison.Ordinal);

    private static void AssertGradients<TBatch>(
        ModularNetwork<TBatch> network, TBatch data, int mixed, Balancing balancing, MixtureShares shares = MixtureShares.OfMixed)
    {
        int batchSize = data is SequenceBatch sequences ? sequences.Initial.Shape[0] : Batch;
        var worst = GradientCheck.LargestError(network.Parameters, tape =>
        {
            var pass = new ForwardPass(tape);
            pass.Begin(new MixtureSelection(mixed, Key, balancing, shares), batchSize);
            var loss = tape.Mean(network.LogLikelihood(pass, data));
            return pass.Trace.BalancingLoss is null ? loss : tape.Add(loss, pass.Trace.BalancingLoss);
        });
        Assert.True(worst.Size < 1e-6, worst.ToString());
    }

    private static double[] Run(SequenceNetwork network, int mixed, bool noisy, Precision precision)
    {
        using var bench = new Workbench(precision);
        Numbers.Randomize(network.Parameters, Key, precision);
        bench.Pass.Begin(new MixtureSelection(mixed), 3);
        if (noisy)
            bench.Pass.Begin(new MixtureSelection(mixed, Key), 3);
        var logLikelihood = network.LogLikelihood(bench.Pass, SequenceNetwork.Batch(Key, Sizes, 3, precision));
        bench.Tape.Backward(bench.Loss(logLikelihood));
        return logLikelihood.ToDoubles();
    }

    private static void Begin(ForwardPass pass, int mixed, bool noisy, MixtureShares shares = MixtureShares.OfMixed) =>
        pass.Begin(new MixtureSelection(mixed, noisy ? Key : null, shares: shares), Batch);

    private static double[][] ExpectedShares(
        Workbench bench, ModularLayer layer, Tensor input, int mixed, bool noisy, MixtureShares kind = MixtureShares.OfMixed)
    {
        int modules = layer.Pool.Modules;
        double[] weight = ((NoisyGate)layer.Chooser).Weight.Value.ToDoubles();
        double[][] noise = PlainNoisyGate.Rows(bench.Tape.StandardNormal(new Shape(Batch, modules), Key.Split(0UL)));
        return [.. PlainNoisyGate.Rows(input).Select((x, n) =>
        {
            var (clean, deviation) = PlainNoisyGate.Logits(x, weight);
            double[] logits = noisy ? PlainNoisyGate.Noisy(clean, deviation, noise[n]) : clean;
            return PlainNoisyGate.Shares(logits, Math.Min(mixed, modules), kind);
        })];
    }

    private static ModularLayer RandomLayer(Combination combination)
    {
        var layer = MixtureNetworks.Layer("layer", modules: 4, Size, combination);
        Numbers.Randomize([.. layer.Pool.Parameters, .. layer.Chooser.Parameters], Key, Precision.Double);
        return layer;
    }

    private static Tensor Input() => Numbers.Uniform(Key.Split("input"), Batch * Size).ToTensor(Precision.Double, Batch, Size);

    /// <summary>One module's output for every row.</summary>
    private static double[][] Output(ModulePool pool, Tensor input, int module)
    {
        using var bench = new Workbench(Precision.Double);
        var selection = IndexTensor.Allocate(new Shape(Batch, 1));
        selection.Values.Fill(module);
        return PlainNoisyGate.Rows(pool.Forward(bench.Tape, input, selection));
    }

    private static double Entropy(double[] probabilities) =>
        -probabilities.Where(probability => probability > 0).Sum(probability => probability * Math.Log(probability));
}
