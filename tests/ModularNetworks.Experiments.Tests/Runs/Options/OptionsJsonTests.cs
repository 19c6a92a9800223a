using System.Text.Json.Nodes;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments.Tests;

public sealed class OptionsJsonTests
{
    [Fact]
    public void Options_survive_writing_and_reading()
    {
        var toy = new ToyOptions
        {
            Method = TrainingMethods.Fixed,
            Modules = 3,
            Picks = 3,
            Seed = ulong.MaxValue,
            Steps = long.MaxValue,
            Optimizer = new() { LearningRate = 0.1 },
            NoiseVariance = 1.0 / 3,
            Starts = 7,
            TrialSteps = 8,
            Points = 9,
        };
        Assert.Equal(toy, BuiltInExperiments.Catalogue.ReadOptions(OptionsJson.Write(toy), "config.json"));
        var text = new PennTreebankOptions { Data = "a \"folder\" \\ é", Window = 3, Embedding = 4, Hidden = 5 };
        Assert.Equal(text, BuiltInExperiments.Catalogue.ReadOptions(OptionsJson.Write(text), "config.json"));
        var own = new PlainTextOptions { Data = "a.txt", Unit = TextUnit.Word, MinimumCount = 3, Hidden = 5 };
        Assert.Equal(own, BuiltInExperiments.Catalogue.ReadOptions(OptionsJson.Write(own), "config.json"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"experiment\":\"birds\"}")]
    [InlineData("{\"experiment\":7}")]
    [InlineData("{\"experiment\":\"toy\",\"experiment\":\"toy\"}")]
    [InlineData("{\"experiment\":\"toy\",\"steps\":\"many\"}")]
    [InlineData("{\"experiment\":\"toy\",\"steps\":1.5}")]
    [InlineData("{\"experiment\":\"toy\",\"method\":null}")]
    [InlineData("{\"experiment\":\"ptb\",\"data\":null}")]
    public void What_is_not_a_configuration_is_refused_by_the_name_of_its_file(string text)
    {
        var error = Assert.Throws<RunException>(() => BuiltInExperiments.Catalogue.ReadOptions(text, "here/config.json"));
        Assert.StartsWith("here/config.json: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_are_written_flat_in_the_order_of_earlier_versions()
    {
        string[] expected =
        [
            "experiment", "window", "embedding", "hidden", "candidateFunction", "controller", "controllerUnits", "modularGates", "modularReadout", "dropout", "trainingState", "evaluationState", "data", "families",
            "method", "modules", "parallel", "seed", "steps", "batchSize", "candidates", "samples", "key", "keyForgetting", "keyEvidence",
            "keyExchange", "start", "startProbability", "mStepsPerEStep",
            "sharedBatches", "softUntil", "softFrom", "softTo", "freezeControllersAfter", "detachedControllers", "controlVariate", "controlVariateDecay", "rewardSamples", "expectedAfter", "expectedUntil", "expectedComposition", "mixedModules",
            "mixtureShares", "importanceLoss", "loadLoss", "learningRate", "learningRateHalfLife", "learningRateCooldown", "weightDecay", "lazyAdam",
            "maxGradientNorm", "skipNonFinite", "blocks", "reduce", "logEvery", "evaluateEvery", "checkpointEvery", "threads",
        ];
        Assert.Equal(expected, JsonNode.Parse(OptionsJson.Write(new PennTreebankOptions()))!.AsObject().Select(option => option.Key));
    }

    [Fact]
    public void Reading_leaves_the_groups_of_other_options_as_they_are()
    {
        var one = (ToyOptions)BuiltInExperiments.Catalogue.ReadOptions("{\"experiment\":\"toy\",\"samples\":3}", "config.json");
        Assert.Equal((3, 10), (one.Em.Samples, new ToyOptions().Em.Samples));
    }

    [Theory]
    [InlineData("topk", 2)]
    [InlineData("em", 4)]
    public void Mixtures_of_more_modules_than_there_are_were_mixtures_of_all(string method, int mixed)
    {
        string written = $$"""{"experiment":"toy","method":"{{method}}","modules":2,"mixedModules":4}""";
        Assert.Equal(mixed, BuiltInExperiments.Catalogue.ReadOptions(written, "config.json").TopK.MixedModules);
    }

    [Fact]
    public void Options_are_changed_by_name()
    {
        var options = OptionsJson.With(
            new ToyOptions(), ["starts=3", " LearningRate = 1e-2 ", "method=fixed", "seed=18446744073709551615", "starts=4"]);
        var expected = new ToyOptions
        {
            Starts = 4,
            Optimizer = new() { LearningRate = 0.01 },
            Method = TrainingMethods.Fixed,
            Seed = ulong.MaxValue,
        };
        Assert.Equal(expected, options);
        Assert.True(OptionsJson.With(new ToyOptions(), ["sharedBatches=true"]).Em.SharedBatches);
        Assert.Equal(EStepCandidates.Distinct, OptionsJson.With(new ToyOptions(), ["candidates=distinct"]).Em.Candidates);
        Assert.Equal("a=b", OptionsJson.With(new PennTreebankOptions(), ["data=a=b"]).Data);
    }

    [Theory]
    [InlineData("starts", "--set starts: expected key=value")]
    [InlineData("strats=3", "--set strats=3: there is no option strats. The options are points, ")]
    [InlineData("Experiment=ptb", "--set Experiment=ptb: there is no option Experiment. ")]
    [InlineData("=3", "--set =3: there is no option . ")]
    [InlineData("experiment=ptb", "--set experiment=ptb: there is no option experiment. ")]
    [InlineData("starts=", "--set starts=: the value must be a number.")]
    [InlineData("starts=null", "--set starts=null: the value must be a number.")]
    [InlineData("starts=three", "--set starts=three: the value must be a number.")]
    [InlineData("starts=[3]", "--set starts=[3]: the value must be a number.")]
    [InlineData("starts=\"3\"", "--set starts=\"3\": the value must be a number.")]
    [InlineData("starts=NaN", "--set starts=NaN: the value must be a number.")]
    [InlineData("starts=1.5", "--set starts=1.5: the value is out of range, or a whole number is needed")]
    [InlineData("starts=3000000000", "--set starts=3000000000: the value is out of range")]
    [InlineData("controlVariate=none", "--set controlVariate=none: the value must be one of movingAverage, batchMean, leaveOneOut.")]
    [InlineData("controlVariate=1", "--set controlVariate=1: the value must be one of movingAverage, batchMean, leaveOneOut.")]
    [InlineData("sharedBatches=yes", "--set sharedBatches=yes: the value must be true or false.")]
    [InlineData("seed=-1", "--set seed=-1: the value is out of range")]
    public void A_change_that_cannot_be_made_is_refused(string setting, string message)
    {
        var error = Assert.Throws<RunException>(() => OptionsJson.With(new ToyOptions(), [setting]));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_are_named_with_both_values()
    {
        var options = new PennTreebankOptions { Seed = 1 };
        Assert.Empty(OptionsJson.Differences(options, options with { }));
        Assert.Equal(
            [("window", "35", "20"), ("seed", "1", "2")],
            OptionsJson.Differences(options, options with { Seed = 2, Window = 20 }));
        Assert.Contains(("points", "1000", ""), OptionsJson.Differences(new ToyOptions(), options));
        Assert.Contains(("points", "", "1000"), OptionsJson.Differences(options, new ToyOptions()));
    }

    [Fact]
    public void Names_and_values_are_those_of_the_file()
    {
        Assert.DoesNotContain("experiment", OptionsJson.Names(new ToyOptions()));
        Assert.Contains("noiseVariance", OptionsJson.Names(new ToyOptions()));
        Assert.Equal("0.04", OptionsJson.Value(new ToyOptions(), "noiseVariance"));
    }
}
