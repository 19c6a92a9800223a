using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Options of the image classifier on small images of handwritten digits.</summary>
public sealed record OptdigitsOptions : ImageClassifierOptions
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "optdigits";

    /// <summary>Creates sizes that fit images of 8x8.</summary>
    public OptdigitsOptions()
    {
        Modules = 5;
        Steps = 3000;
        Convolutions = 1;
        Filters = 4;
        Intervals = Intervals with { EvaluateEvery = 500 };
    }

    /// <inheritdoc/>
    public override string Experiment => Name;

    /// <inheritdoc/>
    public override ImageSplits Load(ImageCache? cache = null, DataProgress? progress = null) => Optdigits.Load(Data);
}
