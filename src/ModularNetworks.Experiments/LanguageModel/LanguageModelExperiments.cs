using System.Globalization;
using ModularNetworks.Data;

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


    private static OptionChoice Tokens => new(
        "tokens",
        "What the text is read by: character, word or bpe (byte-pair encoding on bytes, learned from the training text). (default: character)",
        ["character", "word", "bpe"],
        (options, name) => ((PlainTextOptions)options).ReadBy(Enum.Parse<TextUnit>(name, ignoreCase: true)));

    private static OptionChoice VocabularySize => new(
        "vocabulary",
        $"The most words, characters or tokens of the vocabulary: the most frequent ones. (default: no limit; of bpe {PlainTextSettings.DefaultTokens})",
        [],
        (options, size) => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int vocabulary)
            ? (PlainTextOptions)options with { Vocabulary = vocabulary }
            : throw new RunException($"--vocabulary {size}: a whole number is needed."));

    /// <summary>A text of one's own.</summary>
    public static ExperimentKind PlainText { get; } = PlainTextWith(cache: null);

    /// <summary>All experiments.</summary>
    public static IReadOnlyList<ExperimentKind> Kinds { get; } = KindsWith(cache: null);

    /// <summary>All experiments, with a place to keep long texts.</summary>
    /// <param name="cache">The place; null if texts must fit into memory.</param>
    internal static IReadOnlyList<ExperimentKind> KindsWith(TextCache? cache) => [PennTreebank, PlainTextWith(cache)];

    /// <summary>The sentences to tell of a folder that has no run of these.</summary>
    internal const string NotARun = "this is not a language model's run. Give the folder of modnet train ptb or text.";

    private static ExperimentKind PlainTextWith(TextCache? cache) =>
        Of<PlainTextOptions>("Trains the language model on a text file, or a folder with some, by character, by word or by tokens of byte-pair encoding.", cache) with
        {
            Choices = [Tokens, VocabularySize],
        };

    private static ExperimentKind Of<TOptions>(string description, TextCache? cache = null)
        where TOptions : LanguageModelOptions, new() =>
        ExperimentKind.Of<TOptions, TextCorpus>(
            description, (options, progress) => options.Load(cache, progress), (options, corpus, kernels) => new LanguageModelExperiment(options, corpus, kernels),
            isReadBySeed: true);
}
