using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Options of the image classifier on a folder of images, with a folder for each class.</summary>
public sealed record ImageFolderOptions : ImageClassifierOptions
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "images";

    /// <inheritdoc/>
    public override string Experiment => Name;

    /// <summary>The height that images are brought to, in pixels.</summary>
    public int Height { get; init; } = 32;

    /// <summary>The width that images are brought to, in pixels.</summary>
    public int Width { get; init; } = 32;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Height is >= 1 and <= 1024, "height", Height, "from 1 to 1024");
        Require(Width is >= 1 and <= 1024, "width", Width, "from 1 to 1024");
    }

    /// <inheritdoc/>
    public override ImageSplits Load() => ImageFolders.Load(Data, Height, Width);
}
