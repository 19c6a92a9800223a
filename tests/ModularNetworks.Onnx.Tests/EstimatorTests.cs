using ModularNetworks.Engine;

namespace ModularNetworks.Onnx.Tests;

/// <summary>Estimators in ONNX Runtime predict as they do here.</summary>
public sealed class EstimatorTests
{
    private const int Features = 4;
    private const int Rows = 1000;

    // The last feature is always the same.
    private static readonly float[] Values = [.. Drawn.Numbers(Rows * Features, seed: 1).Select((x, place) => place % Features == Features - 1 ? 3 : (10 * x) + 100)];

    [Fact]
    public void A_classifier_predicts_the_same()
    {
        var classifier = new ModularClassifier(Features, classes: 3, modules: 4, seed: 1, hidden: 5);
        int[] labels = [.. Enumerable.Range(0, Rows).Select(row => (Values[row * Features] > 100 ? 1 : 0) + (Values[(row * Features) + 1] > 105 ? 1 : 0))];
        classifier.Fit(Vectors, labels, new FitOptions { Epochs = 2 });
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, classifier));
        var answers = file.Run(OnnxFile.Input<float>("features", Values, Rows, Features));
        Equal.Numbers([.. classifier.PredictProbabilities(Vectors).SelectMany(row => row)], answers.Numbers("probabilities"));
        Assert.Equal(Enumerable.Range(0, Rows).SelectMany(row => classifier.Explain(Row(row)).Modules), answers.Modules("hidden"));
        Assert.Equal("""["0","1","2"]""", file.Properties["classes"]);
    }

    [Fact]
    public void A_regressor_predicts_the_same()
    {
        var regressor = new ModularRegressor(Features, modules: 4, seed: 1, hidden: 5, picks: 2);
        float[] targets = [.. Enumerable.Range(0, Rows).Select(row => 5000 + (100 * Values[row * Features]))];
        regressor.Fit(Vectors, targets, new FitOptions { Epochs = 2 });
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, regressor));
        var answers = file.Run(OnnxFile.Input<float>("features", Values, Rows, Features));
        Equal.Numbers(regressor.Predict(Vectors), answers.Numbers("prediction"), unit: 1000);
        Assert.Equal(Enumerable.Range(0, Rows).SelectMany(row => regressor.Explain(Row(row)).Modules), answers.Modules("hidden"));
    }

    [Fact]
    public void A_mixture_predicts_the_same()
    {
        var classifier = new ModularClassifier(Features, classes: 2, modules: 4, seed: 1, hidden: 5);
        classifier.Fit(
            Vectors, [.. Enumerable.Range(0, Rows).Select(row => Values[row * Features] > 100 ? 1 : 0)],
            new FitOptions { Epochs = 2, Method = new NoisyTopKMethod { Options = new() { MixedModules = 2 } } });
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, classifier));
        var answers = file.Run(OnnxFile.Input<float>("features", Values, Rows, Features));
        Equal.Numbers([.. classifier.PredictProbabilities(Vectors).SelectMany(row => row)], answers.Numbers("probabilities"));
        Assert.Equal(2 * Rows, answers.Modules("hidden").Length);
        Assert.All(answers.Numbers("hidden_shares").Chunk(2), shares => Assert.Equal(1, shares.Sum(), tolerance: 1e-5));
    }

    [Fact]
    public void Names_for_other_classes_are_refused()
    {
        var classifier = new ModularClassifier(Features, classes: 3, modules: 4, seed: 1);
        Assert.Throws<InvalidOperationException>(() => OnnxExport.Write(Stream.Null, classifier));
        classifier.Fit(Vectors, new int[Rows], new FitOptions { Epochs = 1 });
        Assert.Throws<ArgumentException>(() => OnnxExport.Write(Stream.Null, classifier, ["a", "b"]));
    }

    private static VectorRows Vectors => VectorRows.Of(Values, Features);

    private static ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Features, Features);
}
