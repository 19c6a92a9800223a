namespace ModularNetworks.Experiments;

/// <summary>The experiments that come with the library. Each is registered here, and nowhere else.</summary>
public static class BuiltInExperiments
{
    /// <summary>All experiments, in the order in which commands list them.</summary>
    public static ExperimentCatalogue Catalogue { get; } = new([ToyExperiment.Kind, .. LanguageModelExperiments.Kinds, .. ImageExperiments.Kinds, .. TaskExperiments.Kinds, TableExperiment.Kind, StreamExperiment.Kind, SwitchingExperiment.Kind]);
}
