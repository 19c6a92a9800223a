using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The language models that runs have trained.</summary>
public static class TrainedLanguageModel
{
    /// <summary>Loads the model that a run has trained.</summary>
    /// <param name="run">The run's folder; its newest checkpoint is read.</param>
    /// <param name="words">The number of different words of the text that it was trained on.</param>
    /// <exception cref="RunException">The run is of another experiment, or its options are damaged.</exception>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged or of another number of words.</exception>
    public static LanguageModel Load(RunFolder run, int words)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Load(run, words, run.Checkpoint);
    }

    /// <summary>As the public method, from one of the run's checkpoints.</summary>
    internal static LanguageModel Load(RunFolder run, int words, Checkpoint checkpoint)
    {
        var options = run.ReadOptions<LanguageModelOptions>(
            LanguageModelExperiments.Kinds, LanguageModelExperiments.NotARun);
        ModuleAssignment[] assignments = WordAssignment.Of(options, words) is { } assignment ? [assignment] : [];
        var model = new LanguageModel(
            options.Sizes, words, options.CreateRule(assignments), RandomKey.FromSeed(options.Seed).Split("network"));
        checkpoint.ReadParameters(model.Parameters);
        return model;
    }
}
