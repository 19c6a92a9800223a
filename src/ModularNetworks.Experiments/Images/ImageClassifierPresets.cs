namespace ModularNetworks.Experiments;

/// <summary>Named options of the image classifier.</summary>
public static class ImageClassifierPresets
{
    /// <summary>The name of the paper's network.</summary>
    public const string Paper = "paper";

    /// <summary>The name of the paper's network, trained so that it learns most.</summary>
    public const string Best = "best";

    /// <summary>The name of a network of the same kind with more channels and units.</summary>
    public const string Wide = "wide";

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Paper, Best, Wide];

    /// <summary>The choice between the controllers of convolutional layers, for commands.</summary>
    public static OptionChoice Controllers { get; } = new(
        "controller",
        "What selects the modules of convolutional layers by em and reinforce: linear, or conv, filters and their means over the image. "
            + "(default: the preset's)",
        ["linear", "conv"],
        (options, name) => WithController(
            (ImageClassifierOptions)options, name == "conv" ? ImageController.Conv : ImageController.Linear));

    /// <summary>The presets of one set of images, for commands.</summary>
    /// <typeparam name="TOptions">The options for these images.</typeparam>
    public static OptionPresets Of<TOptions>()
        where TOptions : ImageClassifierOptions, new() => new(
        Best,
        "paper (the paper's network, trained as the paper says), best (the same network, trained so that it learns most), or "
            + "wide (best, with more channels and units, images shifted and mirrored)",
        name => Apply(new TOptions(), name));

    /// <summary>Changes options to those of a preset.</summary>
    /// <param name="options">The options, of which a preset changes some.</param>
    /// <param name="name">The preset.</param>
    /// <exception cref="RunException">There is none of that name.</exception>
    public static TOptions Apply<TOptions>(TOptions options, string name)
        where TOptions : ImageClassifierOptions => name switch
        {
            Paper => options,
            Best => Related(options),
            Wide => Related(options with { Controller = ImageController.Conv }) with
            {
                Filters = 16,
                Hidden = 64,
                Shift = 4,
                Mirror = true,
            },
            _ => throw new RunException($"--preset {name}: there is no such preset. Choose one of {string.Join(", ", Names)}."),
        };

    /// <summary>
    /// Changes what selects the modules of convolutional layers. With related modules, the controller decides how often
    /// E-steps can be: a convolutional one has few numbers to tell images apart by, and soon tells none apart if every
    /// selection is taught back to it at once.
    /// </summary>
    /// <param name="options">The options of a preset.</param>
    /// <param name="controller">The controllers.</param>
    public static TOptions WithController<TOptions>(TOptions options, ImageController controller)
        where TOptions : ImageClassifierOptions => options with
        {
            Controller = controller,
            Em = (options.Families, controller) switch
            {
                (false, _) => options.Em,
                (true, ImageController.Linear) => options.Em with { MStepsPerEStep = 2 },
                (true, _) => options.Em with { MStepsPerEStep = 5 },
            },
        };

    /// <summary>
    /// Related modules, and small E-steps often: the fewer samples a selection is the best of, the less of it is due to
    /// the label, which controllers do not see.
    /// </summary>
    private static TOptions Related<TOptions>(TOptions options)
        where TOptions : ImageClassifierOptions =>
        WithController(options with { Families = true, Em = options.Em with { Samples = 3 } }, options.Controller);
}
