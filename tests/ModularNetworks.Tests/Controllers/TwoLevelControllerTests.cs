using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class TwoLevelControllerTests : IDisposable
{
    private const int Rows = 3, Groups = 3, Members = 4, Picks = 2, Inputs = 5;

    private readonly Workbench _bench = new(Precision.Double);
    private readonly TwoLevelController _controller = new(
        "controller", Inputs, Groups, Members, Picks, RandomKey.FromSeed(1));

    public TwoLevelControllerTests() => Numbers.Randomize(_controller.Parameters, RandomKey.FromSeed(2), Precision.Double);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Every_module_has_the_probability_of_its_group_times_that_of_its_place()
    {
        var logits = Logits();
        double[] sums = new double[Rows * Picks];
        var all = _bench.Tape.LogSoftmax(logits.OfAllModules(_bench.Tape));
        for (int module = 0; module < Groups * Members; module++)
        {
            var selection = IndexTensor.Allocate(new Shape(Rows, Picks));
            selection.Values.Fill(module);
            double[] logProbability = logits.LogProbability(_bench.Tape, selection).ToDoubles();
            for (int choice = 0; choice < sums.Length; choice++)
            {
                Assert.Equal(all[(choice * Groups * Members) + module], logProbability[choice], 1e-12);
                sums[choice] += Math.Exp(logProbability[choice]);
            }
        }
        Assert.All(sums, sum => Assert.Equal(1, sum, 1e-12));
        Assert.Equal((Rows, Picks, Groups * Members), (logits.Rows, logits.Picks, logits.Modules));
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
                counts[(choice * Groups * Members) + selection[choice]]++;
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
            "layer", new LinearModules("modules", Groups * Members, Inputs, 2, Activation.None, RandomKey.FromSeed(3)), _controller);
        var network = new VectorNetwork(GaussianLikelihood.Fixed(1), layer);
        Numbers.Randomize(network.Parameters, RandomKey.FromSeed(4), Precision.Double);
        var batch = new VectorBatch(
            Numbers.Uniform(RandomKey.FromSeed(5), Rows * Inputs).ToTensor(Precision.Double, Rows, Inputs),
            Numbers.Uniform(RandomKey.FromSeed(6), Rows * 2).ToTensor(Precision.Double, Rows, 2));
        var compositions = IndexTensor.From(new Shape(Rows, Picks), [0, 11, 5, 5, 7, 2]);
        var worst = GradientCheck.LargestError(network.Parameters, tape =>
        {
            var pass = new ModularPass(tape);
            pass.BeginGiven(compositions);
            return tape.Mean(tape.Add(network.LogLikelihood(pass, batch), pass.LogProbability!));
        });
        Assert.True(worst.Size <= 1e-6, worst.ToString());
    }

    [Fact]
    public void Its_size_follows_groups_and_members_and_not_their_product()
    {
        var large = new TwoLevelController("large", Inputs, 256, 256, 1, RandomKey.FromSeed(1));
        Assert.Equal(65_536, large.Modules);
        Assert.Equal((Inputs + 1) * 512, large.Parameters.Sum(parameter => parameter.Shape.Count));
    }

    [Fact]
    public void Levels_of_other_rows_are_refused()
    {
        var groups = Tensor.Allocate(new Shape(2, 1, 3));
        var error = Assert.Throws<ShapeException>(() => new SelectionLogits(groups, Tensor.Allocate(new Shape(3, 1, 3))));
        Assert.Contains("[3, 1, 3]", error.Message, StringComparison.Ordinal);
    }

    private SelectionLogits Logits()
    {
        _bench.Tape.Reset(recording: false);
        var input = Numbers.Uniform(RandomKey.FromSeed(3), Rows * Inputs).ToTensor(Precision.Double, Rows, Inputs);
        return _controller.Logits(_bench.Tape, input);
    }
}
