namespace ModularNetworks.Experiments;

/// <summary>The language model's experiments, one for each kind of text.</summary>
public static class LanguageModelExperiments
{
    /// <summary>The Penn Treebank.</summary>
    public static ExperimentKind PennTreebank { get; } =
        Of<PennTreebankOptions>("Trains the paper's language model on the Penn Treebank (paper, section 3.2).") with
        {
            Presets = LanguageModelPresets.All,
        };

    /// <summary>A text of one's own.</summary>
    public static ExperimentKind PlainText { get; } =
        Of<PlainTextOptions>("Trains the language model on a text file, or a folder with three, by character or by word.");

    /// <summary>All experiments.</summary>
    public static IReadOnlyList<ExperimentKind> Kinds { get; } = [PennTreebank, PlainText];

    /// <summary>The sentences to tell of a folder that has no run of these.</summary>
    internal const string NotARun = "this is not a language model's run. Give the folder of modnet train ptb or text.";

    private static ExperimentKind Of<TOptions>(string description)
        where TOptions : LanguageModelOptions, new() =>
        ExperimentKind.Of<TOptions>(description, (options, kernels) => new LanguageModelExperiment(options, options.Load(), kernels));
}
