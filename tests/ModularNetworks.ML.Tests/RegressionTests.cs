using Microsoft.ML;

namespace ModularNetworks.ML.Tests;

/// <summary>The trainer of regressors in pipelines of ML.NET.</summary>
public sealed class RegressionTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Five_folds_are_trained_and_measured()
    {
        var folds = _context.Regression.CrossValidate(Ball.Data(_context), Trainers.Heights(_context), numberOfFolds: 5, labelColumnName: "Height");
        Assert.Equal(5, folds.Count);
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.RSquared, 0.97, 1));
    }

    [Fact]
    public void Columns_are_what_the_regressor_answers()
    {
        var data = Ball.Data(_context);
        using var model = Trainers.Heights(_context, picks: 2).Fit(data);
        var answers = _context.Data.CreateEnumerable<NumberAnswer>(model.Transform(data), reuseRowObject: false);
        Assert.All(answers.Zip(Ball.Some(300)), pair =>
        {
            var (answer, ball) = pair;
            Assert.Equal(model.Model.Predict(ball.Features), answer.Score, 1e-3);
            Assert.Equal(model.Model.Explain(ball.Features).Modules, answer.Module.Select(module => (int)module));
        });
    }

    [Fact]
    public void Rows_without_a_label_are_not_trained_with()
    {
        var balls = Ball.Some(60);
        foreach (var ball in balls.Where((_, n) => n % 3 == 0))
            (ball.Features, ball.Height) = ([float.NaN, 0, 0], float.NaN);
        using var model = Trainers.Heights(_context).Fit(_context.Data.LoadFromEnumerable(balls));
        Assert.InRange(model.Model.Predict(balls[1].Features), 80, 110);
    }
}
