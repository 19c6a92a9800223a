namespace ModularNetworks.Experiments.Tests;

public sealed class FiniteNumbersTests
{
    [Fact]
    public void Finite_numbers_pass()
    {
        var measured = Measurement.Of("test", "loss", 1.5);
        FiniteNumbers.Require("Evaluation", measured.With(SplitResult.Of("train", ("accuracy", null))));
        FiniteNumbers.Require("Training", new TrainingAverages { Train = new() { LogLikelihood = -1 }, SkippedSteps = 3 });
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_named(double value)
    {
        AssertNamed("valid.perplexity", Measurement.Of("valid", "perplexity", value));
        AssertNamed("layers[0].usage[1]", Measurement.Of("valid", "perplexity", 2, SelectionOf(value)));
        AssertNamed("train.logLikelihood", new TrainingAverages { Train = new() { LogLikelihood = value } });
        AssertNamed("usage[0][1]", Measurement.Of("valid", "perplexity", 2, SelectionOf(0.5) with { Usage = ModuleUsage.OfOneLayer([0.5, value]) }));
        AssertNamed("eStep.changedShare", new TrainingAverages { EStep = new(-3, value) });
        AssertNamed("layers[0].probabilities[0][0][0]", new NetworkSnapshot { Layers = [new("a", 1, 1, [[[value]]])], Flows = [] });
    }

    private static void AssertNamed(string name, object record) => Assert.StartsWith(
        $"Evaluation: {name} is ", Assert.Throws<NonFiniteLossException>(() => FiniteNumbers.Require("Evaluation", record)).Message,
        StringComparison.Ordinal);

    private static SelectionMetrics SelectionOf(double share) => new()
    {
        SelectionEntropy = 0.5,
        BatchSelectionEntropy = 0.5,
        Usage = ModuleUsage.OfOneLayer([0.5, 0.5]),
        Layers = [new() { Name = "a", Modules = 2, EffectiveModules = 2, DeadModules = [], Usage = [0.5, share] }],
    };
}
