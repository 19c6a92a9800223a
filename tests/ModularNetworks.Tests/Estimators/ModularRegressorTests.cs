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
    public void Targets_that_are_all_the_same_or_not_finite_are_refused()
    {
        var regressor = new ModularRegressor(inputs: 2, modules: 2, seed: 1);
        Assert.Contains("all targets are 3", Assert.Throws<ArgumentException>(() => regressor.Fit(Train.Rows[..2], [3, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("the target of row 1 is NaN", Assert.Throws<ArgumentException>(() => regressor.Fit(Train.Rows[..2], [3, float.NaN])).Message, StringComparison.Ordinal);
    }
}
