namespace ModularNetworks.Experiments;

/// <summary>Named options of the language model on the Penn Treebank.</summary>
public static class LanguageModelPresets
{
    /// <summary>The name of the reading of the paper that comes nearest to its numbers.</summary>
    public const string Paper = "paper";

    /// <summary>The name of what does best at the same number of gradient steps with the same modules.</summary>
    public const string Best = "best";

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Paper, Best];

    /// <summary>The presets, for commands.</summary>
    public static OptionPresets All { get; } =
        new(Paper, "paper (the paper's) or best (what does best here at the same number of steps)", Get);

    /// <summary>The options of a preset.</summary>
    /// <exception cref="RunException">There is none of that name.</exception>
    public static LanguageModelOptions Get(string name) => name switch
    {
        Paper => new PennTreebankOptions { EvaluationState = WindowState.Zero },
        Best => WithBest(Get(Paper)),
        _ => throw new RunException($"--preset {name}: there is no such preset. Choose one of {string.Join(", ", Names)}."),
    };

    private static LanguageModelOptions WithBest(LanguageModelOptions options) => options with
    {
        Families = true,
        DetachedControllers = true,
        Optimizer = options.Optimizer with
        {
            // Against the vectors of rare words, which grow without end and cost held-out text dearly.
            WeightDecay = 0.1,
            LearningRateHalfLife = 10_000,
        },
    };
}
