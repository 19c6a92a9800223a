using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ModuleFamiliesTests
{
    private const int Batch = 3;

    private static readonly RandomKey Key = RandomKey.FromSeed(71);
    private static readonly SequenceSizes Sizes = new(Items: 6, Embedding: 3, Hidden: 2, Modules: 5, Picks: 2, Steps: 4);
    private static readonly ImageShape Image = new(2, 9, 8);

    [Fact]
    public void A_recurrent_network_begins_as_the_baseline()
    {
        using var bench = new Workbench(Precision.Single);
        var batch = SequenceNetwork.Batch(Key, Sizes, Batch, Precision.Single);
        var related = new SequenceNetwork(Sizes, families: new ModuleFamilies(Sizes.Picks));
        var baseline = new SequenceNetwork(Sizes with { Modules = Sizes.Picks }, new FixedSelection());
        AssertBeginsAs(bench, baseline, related, batch);
    }

    [Fact]
    public void An_image_network_begins_as_the_baseline()
    {
        using var bench = new Workbench(Precision.Single);
        var batch = Images(Precision.Single);
        AssertBeginsAs(bench, Classifier(2, ModuleFamilies.None), Classifier(6, new ModuleFamilies(2)), batch);
    }

    [Fact]
    public void Gradients_reach_what_a_family_has_in_common_and_what_each_module_has_alone()
    {
        var families = new ModuleFamilies(2);
        var sequences = SequenceNetwork.Batch(Key, Sizes, Batch, Precision.Double);
        AssertGradients(new SequenceNetwork(Sizes, families: families), sequences);
        AssertGradients(Classifier(5, families), Images(Precision.Double));
    }

    [Fact]
    public void A_step_changes_the_modules_of_a_family_together_and_the_used_one_alone()
    {
        using var bench = new Workbench(Precision.Double);
        var pool = new LinearModules("pool", 4, 3, 2, Activation.None, Key, new ModuleFamilies(2));
        foreach (var parameter in pool.Parameters)
            parameter.ConvertTo(Precision.Double);
        var input = Numbers.Uniform(Key.Split("input"), 3).ToTensor(Precision.Double, 1, 3);
        double[] before = Outputs();
        bench.Tape.Reset(recording: true);
        bench.Tape.Backward(bench.Tape.Sum(pool.Forward(bench.Tape, input, IndexTensor.From(new Shape(1, 1), [2]))));
        new Sgd([.. pool.Parameters.Where(parameter => parameter != pool.Bias)], bench.Kernels, learningRate: 0.1).Step();
        double[] moved = [.. Outputs().Zip(before, (after, first) => after - first)];
        double own = -0.1 * input.ToDoubles().Sum(x => x * x);
        Numbers.AssertClose([own, own, 0, 0, 2 * own, 2 * own, 0, 0], moved, 1e-12, "outputs of modules 0 to 3");

        double[] Outputs()
        {
            bench.Tape.Reset(recording: false);
            return pool.Forward(bench.Tape, input, IndexTensor.From(new Shape(1, 4), [0, 1, 2, 3])).ToDoubles();
        }
    }

    [Fact]
    public void Initial_compositions_are_uniform_over_the_families_of_the_choices()
    {
        const int count = 6000;
        var layer = new LayerLayout("layer", Modules: 5, Picks: 3, Steps: 2) { Families = new ModuleFamilies(3) };
        var store = new CompositionStore(new CompositionLayout(new LayerLayout("first", 2, 1), layer), count, Key);
        int[][] members = [[0, 1], [0, 3], [1, 4], [2], [0, 3], [1, 4], [2]];
        for (int pick = 0; pick < members.Length; pick++)
        {
            int[] counts = new int[5];
            for (int n = 0; n < count; n++)
                counts[store[n, pick]]++;
            double expected = (double)count / members[pick].Length, bound = 5 * Math.Sqrt(expected);
            Assert.All(members[pick], module => Assert.InRange(counts[module], expected - bound, expected + bound));
            Assert.Equal(count, members[pick].Sum(module => counts[module]));
        }
    }

    [Fact]
    public void Controllers_begin_in_their_families()
    {
        using var bench = new Workbench(Precision.Single);
        var images = Images(Precision.Single).Images;
        var families = new ModuleFamilies(2);
        Controller[] controllers =
        [
            new LinearController("linear", Image.Count, 5, 2, Key, families),
            new ConvolutionController("convolution", Image, 4, new Window(3, 1, 1, 1), 5, 2, Key, families),
        ];
        foreach (var controller in controllers)
        {
            var selection = controller.Logits(bench.Tape, images).MostProbable(bench.Tape).Values;
            for (int i = 0; i < selection.Length; i++)
                Assert.Equal(i % 2, families.Of(selection[i]));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    public void Every_family_has_a_module(int count)
    {
        var families = new ModuleFamilies(count);
        var window = new Window(3);
        Refuses(() => new LinearModules("name", 3, 2, 2, Activation.None, Key, families));
        Refuses(() => new ConvolutionModules("name", 3, Image, 1, window, Activation.None, Key, families));
        Refuses(() => new LinearController("name", 2, 3, 2, Key, families));
        Refuses(() => new ConvolutionController("name", Image, 2, window, 3, 2, Key, families));

        void Refuses(Func<object> create)
        {
            var error = Assert.Throws<ArgumentException>(create);
            Assert.StartsWith("name", error.Message, StringComparison.Ordinal);
            Assert.Contains($"{count} families cannot be made of 3 modules", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_layers_modules_and_controller_have_the_same_families()
    {
        var pool = new LinearModules("pool", 4, 3, 2, Activation.None, Key, new ModuleFamilies(2));
        Assert.Equal(new ModuleFamilies(2), new ModularLayer("layer", pool, Controller(new ModuleFamilies(2))).Layout.Families);
        foreach (var families in (ModuleFamilies[])[ModuleFamilies.None, new(1), new(3)])
        {
            var error = Assert.Throws<ArgumentException>(() => new ModularLayer("layer", pool, Controller(families)));
            Assert.Contains($"begins in {families.Count} families, the pool has 2", error.Message, StringComparison.Ordinal);
        }

        static LinearController Controller(ModuleFamilies families) => new("controller", 3, 4, 2, Key, families);
    }

    [Fact]
    public void Without_families_every_module_is_its_own() => Assert.Equal(3, ModuleFamilies.None.Of(3));

    /// <summary>Equal with initial compositions, and with the modes.</summary>
    private static void AssertBeginsAs<TBatch>(
        Workbench bench, ModularNetwork<TBatch> baseline, ModularNetwork<TBatch> related, TBatch batch)
    {
        double[] expected = Run(baseline, pass => pass.Begin(new FixedSelection(), Batch));
        var store = new CompositionStore(related.Layout, 10, Key);
        Numbers.AssertClose(expected, Run(related, pass => pass.BeginStored(store, [7, 0, 3])), 1e-5, "initial compositions");
        Numbers.AssertClose(expected, Run(related, pass => pass.Begin(new ModeSelection(), Batch)), 1e-5, "modes");
        Assert.Contains(Enumerable.Range(1, 9), n => store[n, 0] != store[0, 0]);

        double[] Run(ModularNetwork<TBatch> network, Action<ForwardPass> begin)
        {
            bench.Tape.Reset(recording: false);
            begin(bench.Pass);
            return network.LogLikelihood(bench.Pass, batch).ToDoubles();
        }
    }

    private static void AssertGradients<TBatch>(ModularNetwork<TBatch> network, TBatch batch)
    {
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        Assert.Contains(network.Parameters, parameter => parameter.Name.EndsWith(".common", StringComparison.Ordinal));
        var store = new CompositionStore(network.Layout, Batch, Key);
        var worst = GradientCheck.LargestError(network.Parameters, tape =>
        {
            var pass = new ForwardPass(tape);
            pass.BeginStored(store, [0, 1, 2]);
            return tape.Mean(tape.Add(network.LogLikelihood(pass, batch), pass.Trace.LogProbability!));
        });
        Assert.True(worst.Size <= 1e-6, worst.ToString());
    }

    private static ImageBatch Images(Precision precision) => new(
        Numbers.Uniform(Key.Split("images"), Batch * Image.Count).ToTensor(precision, Batch, Image.Count),
        IndexTensor.From(new Shape(Batch), [2, 0, 1]));

    private static ImageNetwork Classifier(int modules, ModuleFamilies families) => new(
        Image, modules, picks: 2, hidden: 4, classes: 3,
        (name, image) => new LinearController(name, image.Count, modules, 2, Key.Split(name), families), families);
}
