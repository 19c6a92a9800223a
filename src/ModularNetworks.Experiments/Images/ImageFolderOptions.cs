using System.Globalization;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Options of the image classifier on images of one's own: a folder for each class, or idx files.</summary>
public sealed record ImageFolderOptions : ImageClassifierOptions
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "images";

    private const int Grey = 1;
    private const int Color = 3;

    /// <inheritdoc/>
    public override string Experiment => Name;

    /// <summary>The height that images are brought to, in pixels; 0, as the width, for what <see cref="OwnImages"/> finds.</summary>
    public int Height { get; init; }

    /// <summary>The width that images are brought to, in pixels.</summary>
    public int Width { get; init; }

    /// <summary>The number of channels of the images: 1 for grey, 3 for colour; 0 for what <see cref="OwnImages"/> finds.</summary>
    public int Channels { get; init; }

    /// <summary>The choice of the height and width, for commands.</summary>
    internal static OptionChoice SizeChoice { get; } = new(
        "size",
        "The size that images are brought to, in pixels: N, or WIDTHxHEIGHT. (default: that of the training images if they have one in common, of at most "
            + "64x64, else 32)",
        [],
        (options, size) => ((ImageFolderOptions)options).WithSize(size));

    /// <summary>The choice of the number of channels, for commands.</summary>
    internal static OptionChoice ChannelsChoice { get; } = new(
        "channels",
        "1 for grey images, 3 for colour. (default: 1 if all training images are grey, else 3)",
        [$"{Grey}", $"{Color}"],
        (options, channels) => (ImageFolderOptions)options with { Channels = channels == $"{Grey}" ? Grey : Color });

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Height is >= 0 and <= ImageDecoder.MostRows, "height", Height, $"from 1 to {ImageDecoder.MostRows}");
        Require(Width is >= 0 and <= ImageDecoder.MostRows, "width", Width, $"from 1 to {ImageDecoder.MostRows}");
        Require(Height == 0 == (Width == 0), "height", Height, "0 if width is 0, and only then; --size gives both");
        Require(Channels is 0 or Grey or Color, "channels", Channels, "1 or 3");
    }

    /// <inheritdoc/>
    public override ImageSplits Load(ImageCache? cache = null, DataProgress? progress = null) =>
        OwnImages.Load(Data, new ImageShape(Channels, Height, Width), cache, progress);

    private ImageFolderOptions WithSize(string size)
    {
        int[] sides = [.. size.Split('x').Select(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int pixels) ? pixels : 0)];
        return sides.Length <= 2 && sides.All(side => side is >= 1 and <= ImageDecoder.MostRows)
            ? this with { Width = sides[0], Height = sides[^1] }
            : throw new RunException(
                $"--size {size}: expected is a number from 1 to {ImageDecoder.MostRows}, or two as in 64x48, the width and the height.");
    }
}
