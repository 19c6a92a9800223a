namespace ModularNetworks.Experiments;

/// <summary>The methods of the benchmark suite, an entry each.</summary>
public static class SuiteMethods
{
    /// <summary>All methods, in the order in which they are trained and reported.</summary>
    public static IReadOnlyList<SuiteMethod> All { get; } =
    [
        new(SuiteMethod.Dense, "one network for all inputs, as wide as pays for the controllers' operations too", Fixed) { Widening = _ => 1 },
        new(SuiteMethod.DenseWide, "one network for all inputs, with M times the operations", Fixed) { Widening = options => options.Modules, AppliesTo = IsNoStream },
        new("assigned", "modules by the number of the token or task, or by the cluster of the input, for good", Assigned) { AppliesTo = HasOwnStart },
        new("truth", "modules by the true rule, told also where no input shows it", Truth) { AppliesTo = task => task.HasTrueRule },
        new("em-paper", "EM as the paper says: uniform start, S = 10 samples, 15 M-steps for each E-step, linear controllers", Paper) { AppliesTo = IsNoStream },
        new(
            "em",
            "EM that begins with the token, task or cluster of the input, as controllers do; families; on text, by words or by pairs of characters; "
            + "from clusters, expected scores train on after 100 steps, and EM again for the last four tenths",
            Em),
        new("em-frozen", "the same without E-steps and expected scores: compositions stay as they begin", Frozen) { AppliesTo = task => IsNoStream(task) && HasOwnStart(task) },
        new("reinforce", "REINFORCE with a moving average of the rewards", Reinforce) { AppliesTo = IsNoStream },
        new("softmax1", "noisy top-1 gating whose module counts by its probability, with a load loss", Weighted) { AppliesTo = IsNotRecurrent },
        new("top1", "noisy top-1 gating with a load loss", options => Mixed(options, modules: 1)) { AppliesTo = IsNoStream },
        new("top2", "noisy top-2 gating with an importance loss and a load loss", options => Mixed(options, modules: 2)) { AppliesTo = IsNoStream },
    ];

    /// <summary>The names of the methods of <c>--quick</c>.</summary>
    public static IReadOnlyList<string> Quick { get; } = [SuiteMethod.Dense, "em", "em-frozen"];

    // A stream of tasks is learned by dense, assigned and em alone.
    private static bool IsNoStream(SuiteTask task) => task.Options is not StreamOptions;

    // Random modules that stay are no start.
    private static bool HasOwnStart(SuiteTask task) => task.Options.Em.Start != CompositionStarts.Uniform;

    // Recurrent layers divide mixtures among the mixed modules alone.
    private static bool IsNotRecurrent(SuiteTask task) => task.Options is DigitsOptions or RulesOptions or TableOptions;

    /// <summary>The options of a network without modules.</summary>
    internal static RunOptions Fixed(RunOptions options) => Uniform(options).WithMethod(TrainingMethods.Fixed) with { Modules = options.Picks };

    private static RunOptions Assigned(RunOptions options) => WithFamilies(options) with { Method = TrainingMethods.Assigned };

    private static RunOptions Truth(RunOptions options) => Assigned(options) switch
    {
        DigitsOptions digits => digits with
        {
            Em = digits.Em with { Start = CompositionStarts.Input },
            Network = digits.Network with { TaskIsTold = true },
        },
        var told => told,
    };

    private static RunOptions Paper(RunOptions options)
    {
        var uniform = Apart(Uniform(options));
        return uniform with { Method = TrainingMethods.Em, Em = uniform.Em with { MStepsPerEStep = new EmSettings().MStepsPerEStep } };
    }

    private static RunOptions Em(RunOptions options)
    {
        var em = WithFamilies(WithTable(options)) with { Method = TrainingMethods.Em };
        return em switch
        {
            PlainTextOptions => em with { Em = By(CompositionKeys.Bigram, em.Em) },
            PennTreebankOptions => em with { Em = By(CompositionKeys.Token, em.Em) },
            Cifar10Options photographs => ImageClassifierPresets.Apply(photographs, ImageClassifierPresets.Best),
            { Em.Start: CompositionStarts.Clusters } => em with { Expected = AfterClusters(em.Steps) },
            _ => em,
        };
    }

    // Clusters show the rule in part only. Samples let the modules of other clusters be tried; EM decides the choices in the end.
    private static ExpectedScoreSettings AfterClusters(long steps)
    {
        const int after = 100;
        long until = steps * 6 / 10;
        return new() { ExpectedAfter = after, ExpectedUntil = until > after ? until : 0, ExpectedComposition = ExpectedComposition.Sampled };
    }

    // Many keys are seen seldom, so that E-steps need evidence.
    private static EmSettings By(CompositionKeys key, EmSettings em) =>
        em with { Key = key, KeyExchange = true, KeyEvidence = 3 };

    private static RunOptions Frozen(RunOptions options)
    {
        var em = Em(options);
        return em with { Em = em.Em with { MStepsPerEStep = 0 }, Expected = new() };
    }

    /// <summary>The options of REINFORCE.</summary>
    internal static RunOptions Reinforce(RunOptions options) => Uniform(options).WithMethod(TrainingMethods.Reinforce);

    /// <summary>The options of noisy top-k gating.</summary>
    /// <remarks>With one module the gate learns from the load loss alone. The weights are those of Shazeer et al. 2017, appendix C.</remarks>
    /// <param name="options">The task's options.</param>
    /// <param name="modules">The number of modules that are mixed.</param>
    internal static RunOptions Mixed(RunOptions options, int modules) => Uniform(options).WithMethod(TrainingMethods.TopK) with
    {
        Picks = 1,
        TopK = new() { MixedModules = modules, ImportanceLoss = 0.1, LoadLoss = 0.1 },
    };

    private static RunOptions Weighted(RunOptions options)
    {
        var mixed = Mixed(options, modules: 1);
        return mixed with { TopK = mixed.TopK with { MixtureShares = MixtureShares.OfAll } };
    }

    private static RunOptions Uniform(RunOptions options) => options with { Em = options.Em with { Start = CompositionStarts.Uniform } };

    private static RunOptions WithTable(RunOptions options) => options switch
    {
        LanguageModelOptions text => text with { Controller = ControllerKind.Table },
        DigitsOptions { Em.Start: CompositionStarts.Input } digits => digits with { Network = digits.Network with { Controller = ControllerKind.Table } },
        RulesOptions rules => rules with { Network = rules.Network with { Controller = ControllerKind.Table } },
        SwitchingOptions switching => switching with { Controller = ControllerKind.Table },
        _ => options,
    };

    private static RunOptions WithFamilies(RunOptions options) => options switch
    {
        StreamOptions => options,
        DataRunOptions data => data with { Families = true },
        RulesOptions rules => rules with { Families = true },
        SwitchingOptions switching => switching with { Families = true },
        _ => options,
    };

    /// <summary>A selection for each layer, as in the paper.</summary>
    private static RunOptions Apart(RunOptions options) => options switch
    {
        DigitsOptions digits => digits with { Network = digits.Network with { Shared = false } },
        RulesOptions rules => rules with { Network = rules.Network with { Shared = false } },
        TableOptions table => table with { Network = table.Network with { Shared = false } },
        _ => options,
    };
}
