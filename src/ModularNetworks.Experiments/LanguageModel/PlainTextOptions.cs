using System.Text.Json.Serialization;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Options of the language model on a text of one's own.</summary>
public sealed record PlainTextOptions : LanguageModelOptions
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "text";

    /// <summary>Creates what did best on characters of Shakespeare, with sizes that suit texts of a few million characters.</summary>
    public PlainTextOptions()
    {
        Modules = 32;
        Steps = 4000;
        Embedding = 64;
        Hidden = 64;
        Optimizer = new() { LearningRate = 3e-3 };
        Em = new() { Start = CompositionStarts.Input };
        Controller = ControllerKind.Table;
        Families = true;
        ModularGates = true;
        ModularReadout = true;
        StateActivation = StateActivation.Tanh; // With relu, states may grow on new text.
        DetachedControllers = true;
    }

    /// <inheritdoc/>
    public override string Experiment => Name;

    /// <summary>The units in which the text is read; in <c>config.json</c> <c>tokens</c>.</summary>
    [JsonPropertyName("tokens")]
    public TextUnit Unit { get; init; }

    /// <summary>
    /// The most characters, words or tokens of the vocabulary; 0 for no limit, and for <see cref="PlainTextSettings.DefaultTokens"/> tokens of
    /// byte-pair encoding.
    /// </summary>
    public int Vocabulary { get; init; }

    /// <summary>
    /// How often a word must occur in the training text, or else it is <c>&lt;unk&gt;</c>; 0 for 1 if the text has <c>&lt;unk&gt;</c> itself,
    /// else 2. It is for words only.
    /// </summary>
    public int MinimumCount { get; init; }

    /// <summary>Options of how a text is cut that is not given in three parts.</summary>
    public TextSplitSettings Split { get; init; } = new();

    /// <summary>These options for another unit, with what suits it.</summary>
    /// <param name="unit">The unit.</param>
    public PlainTextOptions ReadBy(TextUnit unit) => this with
    {
        Unit = unit,
        // Words are rarer than characters, so that their vectors are learned by heart.
        Dropout = unit == TextUnit.Word ? 0.2 : 0,
    };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireAtLeastZero("minimumCount", MinimumCount);
        int fewest = Unit == TextUnit.Bpe ? PlainTextSettings.FewestTokens : 2;
        Require(Vocabulary == 0 || Vocabulary >= fewest, "vocabulary", Vocabulary, $"0, or at least {fewest}");
        Split.Validate();
        Require(
            Unit != TextUnit.Bpe || Split.Split != TextSplitKind.Units, "split", "units", "blocks or ordered with --tokens bpe, whose tokens are learned from a part");
    }

    /// <inheritdoc/>
    public override TextCorpus Load(TextCache? cache = null, DataProgress? progress = null) => PlainText.Load(Data, new PlainTextSettings
    {
        Unit = Unit,
        MinimumCount = MinimumCount,
        Vocabulary = Vocabulary,
        Cache = cache,
        Progress = progress ?? DataProgress.None,
        Split = Split.Create(RandomKey.FromSeed(Seed).Split("split")),
    });
}
