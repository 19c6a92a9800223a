using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class ImageValidationTests
{
    [Fact]
    public void Images_are_kept_out_at_even_distances_and_the_others_decide_the_normalisation()
    {
        var images = Images();
        var (left, valid) = ImageValidation.Split(images, 2);
        Assert.Equal([1, 2, 3, 5, 6, 7], Values(left.Train));
        Assert.Equal([0, 4], Values(valid!));
        Assert.Equal([0, 1], valid!.Labels.ToArray());
        Assert.Same(images.Test, left.Test);
        Assert.Equal(ImageNormalization.Of(left.Train).Means, left.Normalization.Means);
        Assert.NotEqual(images.Normalization.Means, left.Normalization.Means);
    }

    [Fact]
    public void Without_a_number_nothing_is_kept_out()
    {
        var images = Images();
        var (left, valid) = ImageValidation.Split(images, 0);
        Assert.Same(images, left);
        Assert.Null(valid);
    }

    [Fact]
    public void One_image_must_be_left()
    {
        var error = Assert.Throws<RunException>(() => ImageValidation.Split(Images(), 8));
        Assert.StartsWith("--set validImages=8: there are 8 training images", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validation_images_of_the_data_are_taken_and_then_none_are_kept_out()
    {
        var images = Images();
        var given = new ImageSplits(images.Train, images.Test) { Valid = images.Test.Choose([3]) };
        Assert.Equal([3], Values(ImageValidation.Split(given, 0).Valid!));
        var error = Assert.Throws<RunException>(() => ImageValidation.Split(given, 2));
        Assert.StartsWith("--set validImages=2: the data have 1 validation images of their own", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_measures_what_was_kept_out()
    {
        using var folder = new TemporaryFolder();
        var options = (OptdigitsOptions)RunCase.Options("optdigits em", folder) with { ValidImages = 500 };
        using var workers = new WorkerPool(1);
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        Assert.Equal(["train", "valid", "test"], experiment.Splits);
        Assert.NotNull(experiment.Evaluate("valid").Of("valid")!["accuracy"]);
        Assert.Equal(["test", "train", "valid"], experiment.Evaluate(double.PositiveInfinity).Splits.Select(split => split.Name));
    }

    private static ImageSplits Images()
    {
        var train = new LabelledImages(
            new ImageShape(1, 1, 1), Enumerable.Range(0, 8).Select(n => new ReadOnlyMemory<byte>([(byte)n])), [0, 0, 0, 0, 1, 1, 1, 1], ["a", "b"]);
        return new ImageSplits(train, train);
    }

    private static byte[] Values(LabelledImages images) => [.. Enumerable.Range(0, images.Count).Select(n => images[n][0])];
}
