using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModularNetworks.ML.Tests;

/// <summary>The trainer of classifiers in pipelines of ML.NET.</summary>
public sealed class ClassificationTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Five_folds_are_trained_and_measured()
    {
        var folds = _context.MulticlassClassification.CrossValidate(Ball.Data(_context), Trainers.Pipeline(_context), numberOfFolds: 5);
        Assert.Equal(5, folds.Count);
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.85, 1));
    }

    [Fact]
    public void Columns_are_what_the_classifier_answers()
    {
        var (data, model) = (Ball.Data(_context), Trainers.Pipeline(_context).Fit(Ball.Data(_context)));
        var classifier = model.LastTransformer.Model;
        var answers = _context.Data.CreateEnumerable<Answer>(model.Transform(data), reuseRowObject: false);
        Assert.All(answers.Zip(Ball.Some(300)), pair =>
        {
            var (answer, ball) = pair;
            Assert.Equal(classifier.PredictProbabilities(ball.Features), answer.Score, (a, b) => Math.Abs(a - b) < 1e-5);
            Assert.Equal(classifier.Predict(ball.Features) + 1, (int)answer.PredictedLabel);
            Assert.Equal(classifier.Explain(ball.Features).Modules, answer.Module.Select(module => (int)module));
        });
        Assert.True(answers.Select(answer => answer.Module[0]).Distinct().Count() > 1, "One module decides about all rows.");
        Assert.Equal(60, model.LastTransformer.History.Measurements.Count);
    }

    [Fact]
    public void Predicted_labels_have_the_values_of_the_label()
    {
        var chain = Trainers.Pipeline(_context).Append(_context.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"));
        var scored = chain.Fit(Ball.Data(_context)).Transform(Ball.Data(_context));
        string[] words = [.. scored.GetColumn<string>("Answer")];
        Assert.InRange(words.Zip(Ball.Some(300)).Average(pair => pair.First == pair.Second.Colour ? 1.0 : 0), 0.95, 1);
    }

    [Fact]
    public void Keys_may_stand_for_numbers_or_for_nothing()
    {
        var conversion = _context.Transforms.Conversion;
        var data = _context.Data.LoadFromEnumerable(Ball.Some(60).Select(ball => new KeyedBall { Features = ball.Features, Key = ball.Colour == "red" ? 0u : 1, Size = ball.Colour.Length }));
        var scored = Trainers.Colours(_context, label: "Key").Fit(data).Transform(data);
        Assert.Equal(scored.Schema["Key"].Type, scored.Schema["PredictedLabel"].Type);
        Assert.Empty(scored.Schema["PredictedLabel"].Annotations.Schema);

        var sized = conversion.MapValueToKey("Label", "Size").Append(Trainers.Colours(_context)).Append(conversion.MapKeyToValue("Answer", "PredictedLabel"));
        Assert.Subset(new HashSet<int> { 3, 4, 5 }, sized.Fit(data).Transform(data).GetColumn<int>("Answer").ToHashSet());
    }

    [Fact]
    public void Rows_without_a_label_are_not_trained_with()
    {
        var balls = Ball.Some(60);
        var without = balls.Select((ball, n) => new KeyedBall { Features = n % 3 == 0 ? [float.NaN, 0, 0] : ball.Features, Key = n % 3 == 0 ? 9u : 1 });
        var model = Trainers.Colours(_context, label: "Key").Fit(_context.Data.LoadFromEnumerable(without));
        Assert.Equal(2, model.Model.Classes);
        var scored = _context.Data.CreateEnumerable<Answer>(model.Transform(_context.Data.LoadFromEnumerable(without)), reuseRowObject: false);
        // Where a feature is missing nothing is predicted: 0 is the missing key.
        Assert.All(scored, (answer, n) => Assert.Equal(n % 3 == 0 ? 0u : 2, answer.PredictedLabel));
    }

    [Fact]
    public void One_row_is_predicted()
    {
        var model = Trainers.Pipeline(_context).Fit(Ball.Data(_context));
        using var engine = _context.Model.CreatePredictionEngine<Ball, Answer>(model);
        var ball = Ball.Some(2)[1];
        Assert.Equal(model.LastTransformer.Model.Predict(ball.Features) + 1, (int)engine.Predict(ball).PredictedLabel);
    }

    private sealed class KeyedBall
    {
        [VectorType(Ball.FeatureCount)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Key { get; set; }

        public int Size { get; set; }
    }
}
