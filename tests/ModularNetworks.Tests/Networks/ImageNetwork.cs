using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Images and their classes, <c>[batch, channels * height * width]</c> and <c>[batch]</c>.</summary>
internal sealed record ImageBatch(Tensor Images, IndexTensor Classes);

/// <summary>
/// The paper's image classifier (appendix D) in any size: three convolutional and two fully connected modular layers.
/// </summary>
internal sealed class ImageNetwork : ModularNetwork<ImageBatch>
{
    private readonly ModularLayer[] _layers;

    public ImageNetwork(
        ImageShape image,
        int modules,
        int picks,
        int hidden,
        int classes,
        Func<string, ImageShape, Controller> controllers,
        ModuleFamilies families = default)
    {
        var layers = new List<ModularLayer>();
        for (int i = 0; i < 3; i++)
        {
            var pool = new ConvolutionModules(
                $"filters {i}", modules, image, 1, new Window(3, 2, 0, 1), Activation.Relu, RandomKey.FromSeed(1), families);
            layers.Add(new ModularLayer($"filters {i}", pool, controllers($"c{i}", image), Combination.Concatenate));
            image = pool.Output(picks);
        }
        var wide = new LinearModules(
            "hidden", modules, image.Count, hidden, Activation.Relu, RandomKey.FromSeed(1), families);
        layers.Add(new ModularLayer("hidden", wide, Linear("c3", image.Count), Combination.Concatenate));
        var last = new LinearModules(
            "output", modules, picks * hidden, classes, Activation.None, RandomKey.FromSeed(1), families);
        layers.Add(new ModularLayer("output", last, Linear("c4", picks * hidden)));
        _layers = [.. layers];
        Layout = new CompositionLayout([.. layers.Select(layer => layer.Layout)]);
        Parameters = [.. layers.SelectMany(layer => layer.Parameters)];

        LinearController Linear(string name, int inputs) => new(name, inputs, modules, picks, RandomKey.FromSeed(2), families);
    }

    public override CompositionLayout Layout { get; }

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override Tensor LogLikelihood(ForwardPass pass, ImageBatch batch)
    {
        var features = batch.Images;
        foreach (var layer in _layers)
            features = layer.Forward(pass, features);
        return CategoricalLikelihood.LogLikelihood(pass, features, batch.Classes);
    }
}
