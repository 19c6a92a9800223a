namespace ModularNetworks.Experiments;

/// <summary>A curve of the paper's Figure 6.</summary>
/// <param name="Method">How the classifier is trained: one of the names in <see cref="RunOptions"/>.</param>
/// <param name="Controller">The kind of controller of the classifier's convolutional layers.</param>
public sealed record Figure6Variant(string Method, ImageController Controller) : ISeries
{
    /// <inheritdoc/>
    public string Name => IsBaseline ? Method : $"{Method}-{(Controller == ImageController.Linear ? "linear" : "conv")}";

    /// <inheritdoc/>
    public string Title => IsBaseline
        ? "baseline"
        : $"EM, {(Controller == ImageController.Linear ? "linear" : "convolutional")} controller";

    private bool IsBaseline => Method == TrainingMethods.Fixed;

    /// <summary>The options of the variant's runs. The baseline has as many modules as the others use at once.</summary>
    /// <param name="shared">The options that all variants have in common.</param>
    public Cifar10Options Options(Cifar10Options shared)
    {
        ArgumentNullException.ThrowIfNull(shared);
        return ImageClassifierPresets.WithController(shared, Controller) with
        {
            Method = Method,
            Modules = IsBaseline ? shared.Picks : shared.Modules,
            Intervals = ReproductionIntervals.Of(shared),
        };
    }
}
