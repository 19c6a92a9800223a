using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>The image classifier's experiments, one for each set of images.</summary>
public static class ImageExperiments
{
    /// <summary>CIFAR-10.</summary>
    public static ExperimentKind Cifar10 { get; } =
        Of<Cifar10Options>("Trains the paper's image classifier on CIFAR-10 (paper, section 3.3).");

    /// <summary>Small images of handwritten digits.</summary>
    public static ExperimentKind Optdigits { get; } = Of<OptdigitsOptions>("Trains the image classifier on small handwritten digits.");

    /// <summary>All experiments.</summary>
    public static IReadOnlyList<ExperimentKind> Kinds { get; } = KindsWith(cache: null);

    /// <summary>The sentences to tell of a folder that has no run of these.</summary>
    internal const string NotARun = "this is not an image classifier's run. Give the folder of modnet train images, cifar10 or optdigits.";

    /// <summary>All experiments, with a place to keep decoded pictures.</summary>
    /// <param name="cache">The place; null to decode them each time.</param>
    internal static IReadOnlyList<ExperimentKind> KindsWith(ImageCache? cache) => [Cifar10, Optdigits, Folder(cache)];

    /// <summary>Images of one's own.</summary>
    private static ExperimentKind Folder(ImageCache? cache) => Of<ImageFolderOptions>(
        "Trains the image classifier on pictures (PNG, JPEG, WebP, GIF, BMP), a folder for each class, or on idx files as those of MNIST.", cache) with
    {
        Choices = [ImageClassifierPresets.Controllers, ImageFolderOptions.SizeChoice, ImageFolderOptions.ChannelsChoice],
    };

    private static ExperimentKind Of<TOptions>(string description, ImageCache? cache = null)
        where TOptions : ImageClassifierOptions, new() =>
        ExperimentKind.Of<TOptions, ImageSplits>(
            description, (options, progress) => options.Load(cache, progress), (options, images, kernels) => new ImageClassifierExperiment(options, images, kernels)) with
        {
            Presets = ImageClassifierPresets.Of<TOptions>(),
            Choices = [ImageClassifierPresets.Controllers],
        };
}
