using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class ConvolutionControllerTests
{
    private static readonly ImageShape Image = new(2, 6, 6);

    [Fact]
    public void A_pattern_counts_the_same_wherever_in_the_image_it_is()
    {
        using var bench = new Workbench(Precision.Double);
        var controller = new ConvolutionController("controller", Image, 4, new Window(3, 1, 2, 2), 5, 2, RandomKey.FromSeed(3));
        Numbers.Randomize(controller.Parameters, RandomKey.FromSeed(4), Precision.Double);
        var images = Tensor.Allocate(new Shape(2, Image.Count), Precision.Double);
        for (int i = 0; i < 4; i++)
        {
            images.As<double>()[(2 * 6) + 2 + i % 2 + (i / 2 * 6)] = i + 1;
            images.As<double>()[Image.Count + (2 * 6) + 3 + i % 2 + (i / 2 * 6)] = i + 1;
        }

        var logits = controller.Logits(bench.Tape, images).OfAllModules(bench.Tape);

        Assert.Equal(new Shape(2, 2, 5), logits.Shape);
        double[] values = logits.ToDoubles();
        Numbers.AssertClose(values[..10], values[10..], 1e-12, "logits of the moved pattern");
        Assert.Contains(values, value => Math.Abs(value - values[0]) > 1e-3);
    }

    [Fact]
    public void Its_gradients_agree_with_finite_differences()
    {
        var key = RandomKey.FromSeed(5);
        var network = new ImageNetwork(
            new ImageShape(2, 8, 8), modules: 3, picks: 2, hidden: 3, classes: 4,
            (name, image) => new ConvolutionController(name, image, 2, new Window(3, 1, 1, 1), 3, 2, key));
        Numbers.Randomize(network.Parameters, key, Precision.Double);
        var compositions = IndexTensor.Allocate(new Shape(2, network.Layout.Length));
        for (int i = 0; i < compositions.Values.Length; i++)
            compositions.Values[i] = key.Below((ulong)i, 3);
        var batch = new ImageBatch(
            Numbers.Uniform(key.Split("images"), 2 * 128).ToTensor(Precision.Double, 2, 128), IndexTensor.From(new Shape(2), [3, 0]));
        using var bench = new Workbench(Precision.Double);

        var worst = GradientCheck.LargestError(network.Parameters, tape =>
        {
            var pass = new ForwardPass(tape);
            pass.BeginGiven(compositions);
            return tape.Mean(tape.Add(network.LogLikelihood(pass, batch), pass.Trace.LogProbability!));
        });

        Assert.True(worst.Size <= 1e-6, worst.ToString());
    }
}
