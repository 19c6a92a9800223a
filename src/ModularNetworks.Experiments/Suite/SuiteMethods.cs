namespace ModularNetworks.Experiments;

/// <summary>The methods of the benchmark suite, an entry each.</summary>
public static class SuiteMethods
{
    /// <summary>All methods, in the order in which they are trained and reported.</summary>
    public static IReadOnlyList<SuiteMethod> All { get; } =
    [
        new(SuiteMethod.Dense, "one network for all inputs, as wide as pays for the controllers' operations too", Fixed) { Widening = _ => 1 },
        new("dense-wide", "one network for all inputs, with M times the operations", Fixed) { Widening = options => options.Modules },
        new("em-paper", "EM as the paper says: S = 10 samples, 15 M-steps for each E-step", Paper),
        new("reinforce", "REINFORCE with a moving average of the rewards", options => options with { Method = TrainingMethods.Reinforce }),
        new("top1", "noisy top-1 gating with a load loss", options => Mixed(options, modules: 1)),
        new("top2", "noisy top-2 gating with an importance loss and a load loss", options => Mixed(options, modules: 2)),
    ];

    /// <summary>The names of the methods of <c>--quick</c>.</summary>
    public static IReadOnlyList<string> Quick { get; } = [SuiteMethod.Dense, "em-paper"];

    private static RunOptions Fixed(RunOptions options) => options with { Method = TrainingMethods.Fixed, Modules = options.Picks };

    private static RunOptions Paper(RunOptions options) => options with { Method = TrainingMethods.Em, Em = new EmSettings() };

    // With one module the gate learns from the load loss alone. The weights are those of Shazeer et al. 2017, appendix C.
    private static RunOptions Mixed(RunOptions options, int modules) => options with
    {
        Method = TrainingMethods.TopK,
        Picks = 1,
        TopK = new() { MixedModules = modules, ImportanceLoss = 0.1, LoadLoss = 0.1 },
    };
}
