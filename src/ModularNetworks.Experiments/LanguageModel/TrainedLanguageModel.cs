using ModularNetworks.Data;
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

    /// <summary>Reads the way from text to numbers and back of a run's training.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="data">The text of the training, if it is not where it was then. It is read only for runs of earlier versions.</param>
    /// <exception cref="RunException">
    /// The run is of another experiment; or its files are damaged; or it did not keep the vocabulary and the text is not there or is another one.
    /// </exception>
    /// <exception cref="DataException">The text is damaged.</exception>
    public static TextEncoding ReadEncoding(RunFolder run, string? data = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var options = OptionsOf(run);
        return TextPreprocessing.Read(run) ?? ReadText(run, options, data);
    }

    /// <summary>How the model of a run selects or mixes its modules.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="words">The number of different words of the text that it was trained on.</param>
    public static SelectionRule RuleOf(LanguageModelOptions options, int words)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.CreateRule(WordAssignment.Of(options, words) is { } assignment ? [assignment] : []);
    }

    /// <summary>As the public method, from one of the run's checkpoints.</summary>
    internal static LanguageModel Load(RunFolder run, int words, Checkpoint checkpoint)
    {
        var options = OptionsOf(run);
        var model = new LanguageModel(options.Sizes, words, RuleOf(options, words), RandomKey.FromSeed(options.Seed).Split("network"));
        checkpoint.ReadParameters(model.Parameters);
        return model;
    }

    private static LanguageModelOptions OptionsOf(RunFolder run) =>
        run.ReadOptions<LanguageModelOptions>(LanguageModelExperiments.Kinds, LanguageModelExperiments.NotARun);

    private static TextEncoding ReadText(RunFolder run, LanguageModelOptions options, string? data)
    {
        var corpus = (options with { Data = TrainingData.PathFor(run, data ?? options.Data) }).Load();
        TrainingData.Require(run, corpus.Fingerprint);
        return corpus.Encoding;
    }
}
