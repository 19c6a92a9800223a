using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class ExperimentCatalogueTests
{
    [Fact]
    public void Every_kind_makes_the_options_of_its_presets()
    {
        foreach (var kind in BuiltInExperiments.Catalogue.Kinds)
        {
            var options = kind.Presets.Get(kind.Presets.Default);
            Assert.Equal((kind.Name, kind.Options), (options.Experiment, options.GetType()));
        }
    }

    [Fact]
    public void A_choice_changes_the_options_that_belong_together()
    {
        var kind = ImageExperiments.Optdigits;
        var choice = Assert.Single(kind.Choices);
        var options = (OptdigitsOptions)choice.Apply(kind.Presets.Get(ImageClassifierPresets.Best), choice.Values[1]);
        Assert.Equal((ImageController.Conv, 5), (options.Controller, options.Em.MStepsPerEStep));
    }

    [Fact]
    public void Options_of_no_known_kind_are_refused()
    {
        using var workers = new WorkerPool(1);
        var toys = new ExperimentCatalogue(ToyExperiment.Kind);
        Assert.Throws<ArgumentException>(() => toys.Create(new OptdigitsOptions(), SimdKernels.Create(workers)));
        var error = Assert.Throws<RunException>(() => toys.ReadOptions(OptionsJson.Write(new OptdigitsOptions()), "config.json"));
        Assert.Equal("config.json: experiment is optdigits; toy was expected.", error.Message);
    }
}
