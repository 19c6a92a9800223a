using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>The experiments that come with the library. Each is registered here, and nowhere else.</summary>
public static class BuiltInExperiments
{
    /// <summary>All experiments, in the order in which commands list them.</summary>
    public static ExperimentCatalogue Catalogue { get; } = With(images: null);

    /// <summary>All experiments, with a place to keep decoded pictures.</summary>
    /// <param name="images">The place; null to decode pictures each time.</param>
    public static ExperimentCatalogue With(ImageCache? images) => new(
    [
        ToyExperiment.Kind, .. LanguageModelExperiments.Kinds, .. ImageExperiments.KindsWith(images), .. TaskExperiments.Kinds, TableExperiment.Kind,
        StreamExperiment.Kind, SwitchingExperiment.Kind,
    ]);
}
