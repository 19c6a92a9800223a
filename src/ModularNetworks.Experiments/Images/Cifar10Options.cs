using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Options of the image classifier on CIFAR-10.</summary>
public sealed record Cifar10Options : ImageClassifierOptions
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "cifar10";

    /// <inheritdoc/>
    public override string Experiment => Name;

    /// <inheritdoc/>
    public override ImageSplits Load(ImageCache? cache = null, DataProgress? progress = null) => Cifar10.Load(Data);
}
