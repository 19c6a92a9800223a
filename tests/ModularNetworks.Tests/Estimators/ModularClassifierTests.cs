using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ModularClassifierTests
{
    private static readonly FitOptions Short = new() { Steps = 60, BatchSize = 32 };
    private static readonly Corners Train = new(400, seed: 1);
    private static readonly Corners Test = new(200, seed: 2);

    [Fact]
    public void Classes_that_no_line_tells_apart_are_learned_and_corners_have_modules_of_their_own()
    {
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 4, seed: 1, hidden: 4);
        var history = classifier.Fit(Train.Rows, Train.Labels, new FitOptions { Steps = 400 });
        Assert.InRange(classifier.Score(Test.Rows, Test.Labels), 0.97, 1);
        Assert.True(history.Measurements[^1].Loss < history.Measurements[0].Loss / 2, history.ToString());
        Assert.Equal(4, ((float[][])[[3, 3], [-3, 3], [3, -3], [-3, -3]]).Select(corner => classifier.Explain(corner).Modules[0]).Distinct().Count());
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_with_any_number_of_threads()
    {
        var one = Fitted(seed: 1);
        float[] expected = Parameters(one.Model);
        Assert.Equal(expected, Parameters(Fitted(seed: 1, threads: 3).Model));
        Assert.NotEqual(expected, Parameters(Fitted(seed: 2).Model));
        one.Fit(Train.Rows, Train.Labels, Short);
        Assert.Equal(expected, Parameters(one.Model));
    }

    [Fact]
    public void A_device_can_serve_one_estimator_after_the_other()
    {
        using var device = new Device(threads: 2);
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 4, seed: 1, hidden: 4, device: device);
        classifier.Fit(Train.Rows, Train.Labels, Short);
        classifier.Fit(Train.Rows, Train.Labels, Short);
        Assert.Equal(Parameters(Fitted(seed: 1).Model), Parameters(classifier.Model));
    }

    [Fact]
    public void A_row_is_predicted_by_itself_as_among_others()
    {
        var classifier = Fitted(seed: 1);
        float[][] probabilities = classifier.PredictProbabilities(Test.Rows);
        int[] classes = classifier.Predict(Test.Rows);
        for (int row = 0; row < Test.Rows.Length; row++)
        {
            Assert.Equal(classifier.PredictProbabilities(Test.Rows[row]), probabilities[row]);
            Assert.Equal(classifier.Predict(Test.Rows[row]), classes[row]);
            Assert.Equal(1, probabilities[row].Sum(), 1e-6);
        }
        double right = classes.Where((label, row) => label == Test.Labels[row]).Count();
        Assert.Equal(right / classes.Length, classifier.Score(Test.Rows, Test.Labels), 1e-12);
        double loss = -probabilities.Select((row, n) => Math.Log(row[Test.Labels[n]])).Average();
        Assert.Equal(loss, classifier.Evaluate(Test.Rows, Test.Labels).Loss, 1e-4);
    }

    [Fact]
    public async Task Any_number_of_threads_predict_at_once()
    {
        var classifier = Fitted(seed: 1);
        float[][] expected = classifier.PredictProbabilities(Test.Rows);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Test.Rows.Select(row => classifier.PredictProbabilities(row)).ToArray(), TestContext.Current.CancellationToken)));
        Assert.All(answers, answer => Assert.Equal(expected, answer));
    }

    [Fact]
    public void The_scale_of_inputs_does_not_matter()
    {
        // By powers of two, so that nothing is rounded.
        float[][] scaled = [.. Train.Rows.Select(row => (float[])[row[0] * 1024, row[1] / 1024])];
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 4, seed: 1, hidden: 4);
        classifier.Fit(scaled, Train.Labels, Short);
        Assert.Equal(Parameters(Fitted(seed: 1).Model), Parameters(classifier.Model));
    }

    [Fact]
    public void Rows_in_one_array_are_the_same_rows()
    {
        float[] flat = [.. Train.Rows.SelectMany(row => row)];
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 4, seed: 1, hidden: 4);
        classifier.Fit(VectorRows.Of(flat, features: 2), Train.Labels, Short);
        Assert.Equal(Parameters(Fitted(seed: 1).Model), Parameters(classifier.Model));
    }

    [Theory]
    [InlineData(nameof(TrainingMethod.Em))]
    [InlineData(nameof(TrainingMethod.ExpectedScore))]
    [InlineData(nameof(TrainingMethod.Reinforce))]
    [InlineData(nameof(TrainingMethod.NoisyTopK))]
    [InlineData(nameof(TrainingMethod.Fixed))]
    public void Every_method_trains(string name)
    {
        var method = (TrainingMethod)typeof(TrainingMethod).GetProperty(name)!.GetValue(null)!;
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 4, seed: 1, hidden: 8);
        var history = classifier.Fit(Train.Rows, Train.Labels, new FitOptions { Steps = 200, Method = method });
        Assert.True(history.Measurements[^1].Loss < history.Measurements[0].Loss, history.ToString());
        var explanation = classifier.Explain(Test.Rows[0]);
        Assert.Equal(name == nameof(TrainingMethod.NoisyTopK) ? 4 : 1, explanation.Modules.Count);
        Assert.All(explanation.Probabilities, probability => Assert.InRange(probability, 0, 1 + 1e-6));
    }

    [Fact]
    public void A_null_method_is_EM_and_expected_scores_after_100_steps()
    {
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 4, seed: 1, hidden: 4);
        var method = new EmMethod
        {
            Options = new() { DetachedControllers = true },
            Expected = new() { Composition = ExpectedComposition.Sampled, DetachedControllers = true },
            ExpectedAfter = 100,
        };
        classifier.Fit(Train.Rows, Train.Labels, new FitOptions { Steps = 110 });
        float[] expected = Parameters(classifier.Model);
        classifier.Fit(Train.Rows, Train.Labels, new FitOptions { Steps = 110, Method = method });
        Assert.Equal(expected, Parameters(classifier.Model));
    }

    [Fact]
    public void An_explanation_names_the_modules_and_how_sure_their_controller_was()
    {
        var explanation = new ModularClassifier(inputs: 2, classes: 2, modules: 4, seed: 1, picks: 2);
        explanation.Fit(Train.Rows, Train.Labels, Short);
        var modules = explanation.Explain(Test.Rows[0]);
        Assert.Equal(2, modules.Modules.Count);
        Assert.Equal("3 (98 %) and 0 (51 %)", new Explanation([3, 0], [0.981, 0.51]).ToString());
    }

    [Fact]
    public void Nothing_is_predicted_before_something_was_fitted() =>
        Assert.Contains("Call Fit", Assert.Throws<InvalidOperationException>(() => new ModularClassifier(2, 2, 4, seed: 1).Predict([1, 2])).Message, StringComparison.Ordinal);

    [Fact]
    public void Wrong_rows_and_labels_are_told()
    {
        var classifier = Fitted(seed: 1);
        float[] before = Parameters(classifier.Model);
        Told("row 1 has label 2", () => classifier.Fit(Train.Rows[..2], [0, 2]));
        Told("2 rows and 3 targets", () => classifier.Fit(Train.Rows[..2], [0, 1, 1]));
        Told("rows of 3 numbers", () => classifier.Fit([[1, 2, 3]], [0]));
        Told("row 1 has 1 number", () => classifier.Fit([[1, 2], [3]], [0, 1]));
        Told("feature 1 of row 0 is NaN", () => classifier.Fit([[1, float.NaN], [3, 4]], [0, 1]));
        Told("validation: feature 0 of row 1 is NaN", () => classifier.Fit(Train.Rows, Train.Labels, [[1, 2], [float.NaN, 4]], [0, 1]));
        Told("2 rows make no 4 clusters", () => classifier.Fit(Train.Rows[..2], [0, 1]));
        Told("a row has 2", () => classifier.Predict([1]));
        Told("not finite", () => classifier.Predict([1, float.PositiveInfinity]));
        Told("Epochs is 0", () => classifier.Fit(Train.Rows, Train.Labels, new FitOptions { Epochs = 0 }));
        Told("need validation rows", () => classifier.Fit(Train.Rows, Train.Labels, new FitOptions { Starts = 2, ValidationShare = 0 }));
        Told("2 picks of 1 module", () => _ = new ModularClassifier(2, 2, modules: 1, seed: 1, picks: 2));
        Told("classes", () => _ = new ModularClassifier(2, 1, modules: 1, seed: 1));
        Assert.Equal(before, Parameters(classifier.Model));
    }

    [Fact]
    public void A_column_that_is_always_the_same_says_nothing_also_when_it_changes_later()
    {
        var classifier = new ModularClassifier(inputs: 3, classes: 2, modules: 2, seed: 1);
        classifier.Fit(Train.Rows.Select(row => (float[])[.. row, 0.1f]).ToArray(), Train.Labels, Short);
        Assert.Equal(classifier.PredictProbabilities([1, 2, 0.1f]), classifier.PredictProbabilities([1, 2, 1000]));
    }

    internal static float[] Parameters(PerceptronModel model) => [.. model.Network.Parameters.SelectMany(parameter => parameter.Value.Values.ToArray())];

    private static ModularClassifier Fitted(ulong seed, int threads = 1)
    {
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 4, seed, hidden: 4, threads: threads);
        classifier.Fit(Train.Rows, Train.Labels, Short);
        return classifier;
    }

    private static void Told(string words, Action action) =>
        Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
