namespace ModularNetworks.Experiments.Tests;

public sealed class ImageClassifierPresetsTests
{
    [Fact]
    public void Every_preset_can_be_trained_and_only_wide_has_another_network()
    {
        var paper = Preset(ImageClassifierPresets.Paper);
        Assert.Equal(new Cifar10Options(), paper);
        foreach (string name in ImageClassifierPresets.Names)
        {
            var options = Preset(name);
            options.Validate();
            Assert.Equal(name == ImageClassifierPresets.Wide, (options.Filters, options.Hidden) != (paper.Filters, paper.Hidden));
        }
        var error = Assert.Throws<RunException>(() => Preset("fast"));
        Assert.Equal("--preset fast: there is no such preset. Choose one of paper, best, wide.", error.Message);
    }

    [Fact]
    public void A_convolutional_controller_has_rarer_E_steps_where_modules_are_related()
    {
        Assert.Equal((2, 5), Pace(Preset(ImageClassifierPresets.Best)));
        Assert.Equal((2, 5), Pace(Preset(ImageClassifierPresets.Wide)));
        Assert.Equal((15, 15), Pace(Preset(ImageClassifierPresets.Paper)));
        Assert.Equal(5, Preset(ImageClassifierPresets.Wide).Em.MStepsPerEStep);

        static (int Linear, int Conv) Pace(Cifar10Options options) => (
            ImageClassifierPresets.WithController(options, ImageController.Linear).Em.MStepsPerEStep,
            ImageClassifierPresets.WithController(options, ImageController.Conv).Em.MStepsPerEStep);
    }

    private static Cifar10Options Preset(string name) => ImageClassifierPresets.Apply(new Cifar10Options(), name);
}
