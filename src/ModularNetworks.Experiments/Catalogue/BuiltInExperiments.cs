using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>The experiments that come with the library. Each is registered here, and nowhere else.</summary>
public static class BuiltInExperiments
{
    /// <summary>All experiments, in the order in which commands list them.</summary>
    public static ExperimentCatalogue Catalogue { get; } = With();

    /// <summary>All experiments, with places to keep decoded pictures and long texts.</summary>
    /// <param name="images">The place of pictures; null to decode them each time.</param>
    /// <param name="texts">The place of texts; null if they must fit into memory.</param>
    public static ExperimentCatalogue With(ImageCache? images = null, TextCache? texts = null) => new(
    [
        ToyExperiment.Kind, .. LanguageModelExperiments.KindsWith(texts), .. ImageExperiments.KindsWith(images), .. TaskExperiments.Kinds, TableExperiment.Kind,
        StreamExperiment.Kind, SwitchingExperiment.Kind,
    ]);
}
