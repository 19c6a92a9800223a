namespace ModularNetworks.Engine.Tests;

public sealed class ImageCases : GradientCases
{
    private const int Modules = 3;

    private static readonly ImagePatches Strided = new(new ImageShape(2, 5, 4), new Window(3, 2, 0, 1));
    private static readonly ImagePatches Padded = new(new ImageShape(2, 3, 4), new Window(3, 1, 1, 1));
    private static readonly ImagePatches Sparse = new(new ImageShape(1, 5, 5), new Window(1, 3));

    public override IEnumerable<GradientCase> All() =>
    [
        Dense("Convolution, stride 2", Strided),
        Dense("Convolution, padded", Padded),
        Dense("Convolution, stride beyond the window", Sparse),
        Picked("PickedConvolution", Strided, images: 4, Indices(Of(4, 1), 2, 0, 2, 2)),
        Picked("PickedConvolution, two picks", Padded, images: 3, Indices(Of(3, 2), 2, 2, 0, 1, 1, 0)),
        Picked("PickedConvolution, shared images", Strided, images: 2, Indices(Of(4, 2), 2, 2, 0, 1, 1, 0, 0, 2)),
        new("Convolution, rectified", typeof(ConvolutionOperation), [Of(3, Strided.Image.Count), Of(2, Strided.Size), Of(2)],
            (tape, x) => tape.Convolution(x[0], Strided, x[1], x[2], rectify: true)),
        new("ConvolutionMeans", typeof(ConvolutionOperation), [Of(3, Strided.Image.Count), Of(2, Strided.Size), Of(2)],
            (tape, x) => tape.ConvolutionMeans(x[0], Strided, x[1], x[2], rectify: true)),
        new("PickedConvolution, no bias", typeof(ConvolutionOperation), [Of(3, Padded.Image.Count), Of(Modules, 2, Padded.Size)],
            (tape, x) => tape.PickedConvolution(x[0], Padded, Indices(Of(3, 1), 2, 0, 2), x[1], null)),
        new("ChannelMeans", typeof(ChannelMeansOperation), [Of(3, 40)],
            (tape, x) => tape.ChannelMeans(x[0], new ImageShape(2, 5, 4))),
        Pool("MaxPool", typeof(MaxPoolOperation), (tape, x, patches) => tape.MaxPool(x, patches), Strided),
        Pool("MaxPool, padded", typeof(MaxPoolOperation), (tape, x, patches) => tape.MaxPool(x, patches), Padded),
        Pool("AveragePool", typeof(AveragePoolOperation), (tape, x, patches) => tape.AveragePool(x, patches), Strided),
        Pool("AveragePool, padded", typeof(AveragePoolOperation), (tape, x, patches) => tape.AveragePool(x, patches), Padded),
    ];

    private static GradientCase Dense(string name, ImagePatches patches) =>
        new(name, typeof(ConvolutionOperation), [Of(3, patches.Image.Count), Of(2, patches.Size), Of(2)],
            (tape, x) => tape.Convolution(x[0], patches, x[1], x[2]));

    private static GradientCase Picked(string name, ImagePatches patches, int images, IndexTensor selection) =>
        new(name, typeof(ConvolutionOperation),
            [Of(images, patches.Image.Count), Of(Modules, 2, patches.Size), Of(Modules, 2)],
            (tape, x) => tape.PickedConvolution(x[0], patches, selection, x[1], x[2]));

    private static GradientCase Pool(
        string name, Type operation, Func<Tape, Tensor, ImagePatches, Tensor> pool, ImagePatches patches) =>
        new(name, operation, [Of(2, patches.Image.Count)], (tape, x) => pool(tape, x[0], patches));
}
