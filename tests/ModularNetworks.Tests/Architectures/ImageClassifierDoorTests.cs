using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ImageClassifierDoorTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_of_another_size_are_refused_with_augmentation_as_without(bool flip)
    {
        using var workers = new WorkerPool(1);
        var key = RandomKey.FromSeed(1);
        var sizes = new ImageClassifierSizes { Image = new ImageShape(1, 4, 4), Classes = 2, Modules = 2, Picks = 1, Convolutions = 1, Hidden = 2 };
        var classifier = new ImageClassifier(sizes, new ModeSelection(), new ImageAugmentation(Flip: flip), key);
        var pass = new ForwardPass(new Tape(SimdKernels.Create(workers)));
        pass.BeginTraining(new ModeSelection(), 2, key);
        var error = Assert.Throws<ShapeException>(() => classifier.Logits(pass, Tensor.Allocate(new Shape(2, 15))));
        Assert.Contains("input has shape [2, 15]; images of 1x4x4 have 16 numbers in a row.", error.Message, StringComparison.Ordinal);
    }
}
