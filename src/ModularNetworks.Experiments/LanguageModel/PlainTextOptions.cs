using ModularNetworks.Data;

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

    /// <summary>The units in which the text is read.</summary>
    public TextUnit Unit { get; init; }

    /// <summary>
    /// How often a word must occur in the training text, or else it is <c>&lt;unk&gt;</c>; 0 for 1 if the text has <c>&lt;unk&gt;</c> itself,
    /// else 2. Characters are all kept.
    /// </summary>
    public int MinimumCount { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireAtLeastZero("minimumCount", MinimumCount);
    }

    /// <inheritdoc/>
    public override TextCorpus Load() => PlainText.Load(Data, Unit, MinimumCount);
}
