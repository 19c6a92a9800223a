using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class LikelihoodTests
{
    private const int Rows = 4;
    private const int Size = 3;
    private const double Variance = 0.7;

    private static readonly RandomKey Key = RandomKey.FromSeed(71);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_Gaussian_likelihood_is_its_formula(bool isLearned)
    {
        using var bench = new Workbench(Precision.Double);
        var likelihood = Gaussian(isLearned);
        double variance = isLearned ? Math.Exp(likelihood.LogVariance!.Value.ToScalar()) : Variance;
        double[] mean = Numbers.Uniform(Key.Split(1), Rows * Size), target = Numbers.Uniform(Key.Split(2), Rows * Size);
        bench.Pass.Begin(new FixedSelection(), Rows);
        var actual = likelihood.LogLikelihood(
            bench.Pass, mean.ToTensor(Precision.Double, Rows, Size), target.ToTensor(Precision.Double, Rows, Size));
        Assert.Equal(new Shape(Rows), actual.Shape);
        double[] expected =
        [
            .. Enumerable.Range(0, Rows).Select(row => Enumerable.Range(row * Size, Size).Sum(i =>
                -(Math.Pow(target[i] - mean[i], 2) / (2 * variance)) - (0.5 * Math.Log(2 * Math.PI * variance)))),
        ];
        Numbers.AssertClose(expected, actual, 1e-12, "log-likelihood");
        Assert.Equal(isLearned ? 1 : 0, likelihood.Parameters.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_Gaussian_likelihoods_gradient_agrees_with_central_differences(bool isLearned)
    {
        var likelihood = Gaussian(isLearned);
        var mean = new Parameter("mean", new Shape(Rows, Size));
        Numbers.Randomize([mean], Key, Precision.Double);
        var target = Numbers.Uniform(Key.Split(2), Rows * Size).ToTensor(Precision.Double, Rows, Size);
        var worst = GradientCheck.LargestError([mean, .. likelihood.Parameters], tape =>
        {
            var pass = new ForwardPass(tape);
            pass.Begin(new FixedSelection(), Rows);
            return tape.Mean(likelihood.LogLikelihood(pass, mean.Value, target));
        });
        Assert.True(worst.Size < 1e-7, worst.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_Gaussian_likelihood_of_a_sequence_is_summed_over_steps(bool isLearned)
    {
        const int steps = 3;
        using var bench = new Workbench(Precision.Double);
        var likelihood = Gaussian(isLearned);
        double[] means = Numbers.Uniform(Key, steps * 2 * Rows * Size), targets = Numbers.Uniform(Key.Split("targets"), steps * Rows * Size);
        bench.Pass.BeginCandidates(IndexTensor.Allocate(new Shape(Rows, 1)), samples: 1, Key);
        var whole = likelihood.LogLikelihood(
            bench.Pass, means.ToTensor(Precision.Double, steps * 2 * Rows, Size), targets.ToTensor(Precision.Double, steps * Rows, Size));
        double[] sums = new double[2 * Rows];
        for (int step = 0; step < steps; step++)
        {
            var ofStep = likelihood.LogLikelihood(
                bench.Pass,
                means.Skip(step * 2 * Rows * Size).Take(2 * Rows * Size).ToArray().ToTensor(Precision.Double, 2 * Rows, Size),
                targets.Skip(step * Rows * Size).Take(Rows * Size).ToArray().ToTensor(Precision.Double, Rows, Size));
            for (int row = 0; row < sums.Length; row++)
                sums[row] += ofStep[row];
        }
        Numbers.AssertClose(sums, whole, 1e-12, "log-likelihood");
    }

    [Fact]
    public void A_variance_is_positive()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianLikelihood.Fixed(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianLikelihood.Fixed(1e-300));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianLikelihood.Fixed(1e300));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianLikelihood.Fixed(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianLikelihood.Learned("v", double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianLikelihood.Learned("variance", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianLikelihood.Fixed(double.NaN));
    }

    [Fact]
    public void The_categorical_likelihood_is_the_log_softmax_at_the_target_of_every_candidate()
    {
        using var bench = new Workbench(Precision.Double);
        double[] logits = Numbers.Uniform(Key, 2 * Rows * Size);
        int[] targets = [0, 2, 1, 2];
        bench.Pass.BeginCandidates(IndexTensor.Allocate(new Shape(Rows, 1)), samples: 1, Key);
        var actual = CategoricalLikelihood.LogLikelihood(
            bench.Pass, logits.ToTensor(Precision.Double, 2 * Rows, Size), IndexTensor.From(new Shape(Rows), targets));
        double[] expected =
        [
            .. Enumerable.Range(0, 2 * Rows).Select(row => logits[(row * Size) + targets[row % Rows]]
                - Math.Log(logits.Skip(row * Size).Take(Size).Sum(Math.Exp))),
        ];
        Numbers.AssertClose(expected, actual, 1e-12, "log-likelihood");
    }

    [Fact]
    public void The_sequence_likelihood_is_summed_over_steps()
    {
        const int steps = 3, batch = 2, classes = 5;
        using var bench = new Workbench(Precision.Double);
        var likelihood = new SequenceLikelihood("output", Size, classes, Key);
        Numbers.Randomize(likelihood.Parameters, Key, Precision.Double);
        var states = Numbers.Uniform(Key.Split(3), steps * batch * Size).ToTensor(Precision.Double, steps * batch, Size);
        int[] targets = [0, 4, 1, 2, 3, 3];
        bench.Pass.Begin(new FixedSelection(), batch);
        var actual = likelihood.LogLikelihood(bench.Pass, states, IndexTensor.From(new Shape(steps * batch), targets));
        var logits = bench.Tape.AddBias(
            bench.Tape.MatrixProduct(states, likelihood.Weight.Value), likelihood.Bias.Value);
        double[] ofSteps = bench.Tape.CategoricalLogProbability(logits, IndexTensor.From(new Shape(6), targets)).ToDoubles();
        Numbers.AssertClose(
            [ofSteps[0] + ofSteps[2] + ofSteps[4], ofSteps[1] + ofSteps[3] + ofSteps[5]], actual, 1e-12, "log-likelihood");
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void States_that_candidates_share_are_scored_like_all_others(Precision precision)
    {
        const int steps = 3, batch = 2, candidates = 3, rows = candidates * batch, classes = 5;
        using var bench = new Workbench(precision);
        var likelihood = new SequenceLikelihood("output", Size, classes, Key);
        Numbers.Randomize(likelihood.Parameters, Key, precision);
        // For every row, the first row of an earlier candidate, or its own, with its datapoint's state at its step.
        int[] sources = [0, 1, 2, 1, 0, 1, 6, 7, 6, 9, 10, 11, 12, 13, 14, 15, 12, 13];
        double[] numbers = Numbers.Uniform(Key.Split(4), sources.Length * Size);
        var states = sources.SelectMany(source => numbers[(source * Size)..((source + 1) * Size)]).ToArray()
            .ToTensor(precision, steps * rows, Size);
        var targets = IndexTensor.From(new Shape(steps * batch), [0, 4, 1, 2, 3, 3]);

        bench.Tape.Reset(recording: false);
        bench.Pass.BeginCandidates(IndexTensor.Allocate(new Shape(batch, 1)), candidates - 1, Key);
        var (different, places) = SharedStates.Find(bench.Pass, states);
        Assert.Equal([0, 1, 2, 6, 7, 9, 10, 11, 12, 13, 14, 15], different.Values.ToArray());
        Assert.Equal(sources, places.Values.ToArray().Select(place => different.Values[place]));
        double[] actual = likelihood.LogLikelihood(bench.Pass, states, targets).ToDoubles();

        var all = bench.Tape.LinearCrossEntropy(
            states, likelihood.Weight.Value, likelihood.Bias.Value, bench.Pass.ForCandidates(targets)).ToDoubles();
        double[] expected = [.. Enumerable.Range(0, rows).Select(row => -Enumerable.Range(0, steps).Sum(t => all[(t * rows) + row]))];
        for (int row = 0; row < rows; row++)
            Assert.Equal(expected[row], actual[row], precision == Precision.Double ? 1e-12 : 1e-5);
    }

    private static GaussianLikelihood Gaussian(bool isLearned)
    {
        var likelihood = isLearned ? GaussianLikelihood.Learned("variance", Variance) : GaussianLikelihood.Fixed(Variance);
        likelihood.LogVariance?.ConvertTo(Precision.Double);
        return likelihood;
    }
}
