namespace ModularNetworks.Tests;

public sealed class ModularRegressorTests
{
    private static readonly Corners Train = new(400, seed: 1);
    private static readonly Corners Test = new(200, seed: 2);

    [Fact]
    public void Numbers_that_are_linear_in_each_corner_are_learned_in_their_own_units()
    {
        var regressor = new ModularRegressor(inputs: 2, modules: 4, seed: 1, hidden: 8);
        float[] targets = [.. Train.Targets.Select(target => 1000 + (50 * target))];
        regressor.Fit(Train.Rows, targets, new FitOptions { Steps = 600 });
        float[] expected = [.. Test.Targets.Select(target => 1000 + (50 * target))];
        var measured = regressor.Evaluate(Test.Rows, expected);
        Assert.InRange(measured.R2, 0.97, 1);
        float[] predicted = regressor.Predict(Test.Rows);
        Assert.Equal(predicted[7], regressor.Predict(Test.Rows[7]));
        double error = predicted.Zip(expected, (a, b) => ((double)a - b) * ((double)a - b)).Average();
        Assert.Equal(1, measured.MeanSquaredError / error, 1e-4);
        double mean = expected.Average(), variance = expected.Average(target => (target - mean) * (target - mean));
        Assert.Equal(1 - (error / variance), regressor.Score(Test.Rows, expected), 1e-4);
    }

    [Fact]
    public void The_loss_is_that_of_numbers_in_their_own_units()
    {
        var regressor = new ModularRegressor(inputs: 2, modules: 2, seed: 1, hidden: 4);
        regressor.Fit(Train.Rows, Train.Targets, new FitOptions { Steps = 20 });
        double deviation = regressor.Model.TargetDeviation;
        // The density of a normal distribution whose deviation is that of the targets.
        double loss = regressor.Predict(Test.Rows).Zip(Test.Targets, (a, b) => ((a - b) * (a - b) / (2 * deviation * deviation)) + (0.5 * Math.Log(2 * Math.PI * deviation * deviation))).Average();
        Assert.Equal(loss, regressor.Evaluate(Test.Rows, Test.Targets).Loss, 1e-4);
    }

    [Fact]
    public void The_training_and_the_validation_have_one_scale()
    {
        float[] large = [.. Train.Targets.Select(target => 1000 * target)];
        var options = new FitOptions { Steps = 20, ValidationShare = 0.2 };
        var (small, scaled) = (Fit(Train.Targets), Fit(large));
        Assert.Equal(Math.Log(1000), scaled.Loss - small.Loss, 1e-3);
        Assert.Equal(Math.Log(1000), scaled.Validation!.Loss - small.Validation!.Loss, 1e-3);

        FitMeasurement Fit(float[] targets) => new ModularRegressor(inputs: 2, modules: 2, seed: 1, hidden: 4).Fit(Train.Rows, targets, options).Kept;
    }

    [Fact]
    public void An_answer_that_is_no_number_is_refused()
    {
        var regressor = new ModularRegressor(inputs: 2, modules: 2, seed: 1, hidden: 4);
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 2, seed: 1, hidden: 4);
        // So small that extreme numbers overflow when they are standardised.
        float[][] small = [.. Train.Rows.Select(row => row.Select(number => number / 1000).ToArray())];
        float[] far = [3e38f, -3e38f];
        float[][] rows = [small[0], far];
        regressor.Fit(small, Train.Targets, new FitOptions { Steps = 20 });
        classifier.Fit(small, Train.Labels, new FitOptions { Steps = 20 });
        Refused(() => regressor.Predict(far));
        Refused(() => classifier.PredictProbabilities(far));
        Refused(() => classifier.Explain(far));
        Refused(() => regressor.Evaluate(rows, [1, 2]));
        Refused(() => classifier.Evaluate(rows, [0, 1]));
        Assert.Contains("row 1 (from 0)", Refused(() => classifier.Predict(rows)), StringComparison.Ordinal);

        static string Refused(Func<object> ask)
        {
            string message = Assert.Throws<ArgumentException>(ask).Message;
            Assert.Contains("too far from those of the training", message, StringComparison.Ordinal);
            return message;
        }
    }

    [Fact]
    public void A_training_that_diverged_is_told_with_advice()
    {
        using var lines = new StringWriter();
        var options = new FitOptions { Steps = 20, Progress = lines };
        Assert.Null(Fit(options).Warning);
        Assert.DoesNotContain("warning", lines.ToString(), StringComparison.Ordinal);
        string? warning = Fit(options with { LearningRate = 1e9 }).Warning;
        Assert.Contains("Give a smaller LearningRate", warning, StringComparison.Ordinal);
        Assert.Contains(warning!, lines.ToString(), StringComparison.Ordinal);

        FitHistory Fit(FitOptions given) => new ModularClassifier(inputs: 2, classes: 2, modules: 2, seed: 1, hidden: 4).Fit(Train.Rows, Train.Labels, given);
    }

    [Fact]
    public void Targets_that_are_all_the_same_or_not_finite_are_refused()
    {
        var regressor = new ModularRegressor(inputs: 2, modules: 2, seed: 1);
        Assert.Contains("all targets are 3", Assert.Throws<ArgumentException>(() => regressor.Fit(Train.Rows[..2], [3, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("the target of row 1 is NaN", Assert.Throws<ArgumentException>(() => regressor.Fit(Train.Rows[..2], [3, float.NaN])).Message, StringComparison.Ordinal);
    }
}
