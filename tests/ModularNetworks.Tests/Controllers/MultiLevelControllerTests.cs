using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class MultiLevelControllerTests : IDisposable
{
    private const int Rows = 3, Branches = 3, Levels = 3, Modules = 27, Picks = 2, Inputs = 5;

    private readonly Workbench _bench = new(Precision.Double);
    private readonly MultiLevelController _controller = new(
        "controller", Inputs, Branches, Levels, Picks, RandomKey.FromSeed(1));

    public MultiLevelControllerTests() => Numbers.Randomize(_controller.Parameters, RandomKey.FromSeed(2), Precision.Double);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Every_module_has_the_product_of_its_branches_probabilities()
    {
        var logits = Logits();
        double[] sums = new double[Rows * Picks];
        var all = _bench.Tape.LogSoftmax(logits.OfAllModules(_bench.Tape));
        for (int module = 0; module < Modules; module++)
        {
            var selection = IndexTensor.Allocate(new Shape(Rows, Picks));
            selection.Values.Fill(module);
            double[] logProbability = logits.LogProbability(_bench.Tape, selection).ToDoubles();
            for (int choice = 0; choice < sums.Length; choice++)
            {
                Assert.Equal(all[(choice * Modules) + module], logProbability[choice], 1e-12);
                sums[choice] += Math.Exp(logProbability[choice]);
            }
        }
        Assert.All(sums, sum => Assert.Equal(1, sum, 1e-12));
        Assert.Equal((Rows, Picks, Modules), (logits.Rows, logits.Picks, logits.Modules));
    }

    [Fact]
    public void The_most_probable_module_is_that_of_all_modules()
    {
        var logits = Logits();
        Assert.Equal(
            _bench.Tape.MostProbable(logits.OfAllModules(_bench.Tape)).Values.ToArray(),
            logits.MostProbable(_bench.Tape).Values.ToArray());
    }

    [Fact]
    public void Modules_are_drawn_as_often_as_they_are_probable()
    {
        const int draws = 40_000;
        var logits = Logits();
        double[] probabilities = _bench.Tape.Softmax(logits.OfAllModules(_bench.Tape)).ToDoubles();
        double[] counts = new double[probabilities.Length];
        for (int draw = 0; draw < draws; draw++)
        {
            var selection = logits.Sample(_bench.Tape, RandomKey.FromSeed(7).Split((ulong)draw)).Values;
            for (int choice = 0; choice < selection.Length; choice++)
                counts[(choice * Modules) + selection[choice]]++;
            if (draw % 100 == 99)
                logits = Logits();
        }
        for (int i = 0; i < counts.Length; i++)
        {
            double deviation = Math.Sqrt(probabilities[i] * (1 - probabilities[i]) / draws);
            Assert.InRange(counts[i] / draws, probabilities[i] - (5 * deviation), probabilities[i] + (5 * deviation));
        }
    }

    [Fact]
    public void Its_gradients_agree_with_finite_differences()
    {
        var layer = new ModularLayer(
            "layer", new LinearModules("modules", Modules, Inputs, 2, Activation.None, RandomKey.FromSeed(3)), _controller);
        var network = new VectorNetwork(GaussianLikelihood.Fixed(1), layer);
        Numbers.Randomize(network.Parameters, RandomKey.FromSeed(4), Precision.Double);
        var batch = new VectorBatch(
            Numbers.Uniform(RandomKey.FromSeed(5), Rows * Inputs).ToTensor(Precision.Double, Rows, Inputs),
            Numbers.Uniform(RandomKey.FromSeed(6), Rows * 2).ToTensor(Precision.Double, Rows, 2));
        var compositions = IndexTensor.From(new Shape(Rows, Picks), [0, 26, 5, 5, 17, 2]);
        var worst = GradientCheck.LargestError(network.Parameters, tape =>
        {
            var pass = new ForwardPass(tape);
            pass.BeginGiven(compositions);
            return tape.Mean(tape.Add(network.LogLikelihood(pass, batch), pass.Trace.LogProbability!));
        });
        Assert.True(worst.Size <= 1e-6, worst.ToString());
    }

    [Theory]
    [InlineData(256, 2, 512)]
    [InlineData(16, 4, 64)]
    [InlineData(2, 16, 32)]
    public void Its_size_follows_branches_times_levels(int branches, int levels, int logits)
    {
        var large = new MultiLevelController("large", Inputs, branches, levels, picks: 1, RandomKey.FromSeed(1));
        Assert.Equal(65_536, large.Modules);
        Assert.Equal((Inputs + 1) * logits, large.Parameters.Sum(parameter => parameter.Shape.Count));
    }

    [Fact]
    public void Modules_are_numbered_by_their_branches_the_first_levels_first()
    {
        var tensor = Tensor.Allocate(new Shape(1, 1, 2, 3));
        tensor.Values[2] = 1;
        tensor.Values[3 + 1] = 1;
        Assert.Equal([(2 * 3) + 1], new SelectionLogits(tensor).MostProbable(new Workbench(Precision.Single).Tape).Values.ToArray());
    }

    [Fact]
    public void More_modules_than_can_be_numbered_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new MultiLevelController("large", Inputs, 256, 4, 1, RandomKey.FromSeed(1)));
        Assert.Contains("4,294,967,296", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65_536, 1, 65_537)]
    [InlineData(1024, 3, 1 << 20)]
    [InlineData(1 << 30, 1, 4)]
    public void More_logits_than_a_row_can_have_are_refused(int branches, int levels, int picks)
    {
        var error = Assert.Throws<ArgumentException>(
            () => new MultiLevelController("large", Inputs, branches, levels, picks, RandomKey.FromSeed(1)));
        Assert.Contains("logits", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(27)]
    [InlineData(-1)]
    [InlineData(-27)]
    public void Modules_that_do_not_exist_are_refused(int module)
    {
        var selection = IndexTensor.Allocate(new Shape(Rows, Picks));
        selection.Values[1] = module;
        var error = Assert.Throws<ShapeException>(() => Logits().LogProbability(_bench.Tape, selection));
        Assert.Contains($"module {module}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Logits_of_other_axes_are_refused()
    {
        var error = Assert.Throws<ShapeException>(() => new SelectionLogits(Tensor.Allocate(new Shape(3, 4))));
        Assert.Contains("[3, 4]", error.Message, StringComparison.Ordinal);
    }

    private SelectionLogits Logits()
    {
        _bench.Tape.Reset(recording: false);
        var input = Numbers.Uniform(RandomKey.FromSeed(3), Rows * Inputs).ToTensor(Precision.Double, Rows, Inputs);
        return _controller.Logits(_bench.Tape, input);
    }
}
