namespace ModularNetworks.Experiments;

/// <summary>The image classifier's experiments, one for each set of images.</summary>
public static class ImageExperiments
{
    /// <summary>CIFAR-10.</summary>
    public static ExperimentKind Cifar10 { get; } =
        Of<Cifar10Options>("Trains the paper's image classifier on CIFAR-10 (paper, section 3.3).");

    /// <summary>Small images of handwritten digits.</summary>
    public static ExperimentKind Optdigits { get; } = Of<OptdigitsOptions>("Trains the image classifier on small handwritten digits.");

    /// <summary>A folder of images.</summary>
    public static ExperimentKind Folder { get; } =
        Of<ImageFolderOptions>("Trains the image classifier on PNG and JPEG files, a folder for each class.");

    /// <summary>All experiments.</summary>
    public static IReadOnlyList<ExperimentKind> Kinds { get; } = [Cifar10, Optdigits, Folder];

    /// <summary>The sentences to tell of a folder that has no run of these.</summary>
    internal const string NotARun = "this is not an image classifier's run. Give the folder of modnet train images, cifar10 or optdigits.";

    private static ExperimentKind Of<TOptions>(string description)
        where TOptions : ImageClassifierOptions, new() =>
        ExperimentKind.Of<TOptions>(
            description, (options, kernels) => new ImageClassifierExperiment(options, options.Load(), kernels)) with
        {
            Presets = ImageClassifierPresets.Of<TOptions>(),
            Choices = [ImageClassifierPresets.Controllers],
        };
}
