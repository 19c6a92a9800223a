namespace ModularNetworks.Experiments;

/// <summary>The methods that are compared on data of one's own: those of the suite, on the network that the options describe.</summary>
internal static class ComparisonMethods
{
    /// <summary>The methods, in the order in which they are trained and reported.</summary>
    /// <param name="options">The options of EM.</param>
    public static IReadOnlyList<SuiteMethod> Of(RunOptions options) =>
    [
        new(SuiteMethod.Dense, "one network for all inputs, as wide as pays for the controllers' operations too", task => SuiteMethods.Fixed(Alone(task)))
        {
            Widening = _ => 1,
        },
        .. Starts(options).Select(Em),
        new("topk", "noisy top-k gating, two modules or more at once, with an importance loss and a load loss", TopK) { IsTrainedLonger = false },
        new("reinforce", "REINFORCE with a moving average of the rewards", task => SuiteMethods.Reinforce(Alone(task))) { IsTrainedLonger = false },
        new(SuiteMethod.DenseWide, "one network for all inputs, with M times the operations", task => SuiteMethods.Fixed(Alone(task)))
        {
            Widening = task => task.Modules,
            IsTrainedLonger = false,
        },
    ];

    /// <summary>The start of the options, which the first EM keeps, and the paper's.</summary>
    private static IEnumerable<CompositionStarts> Starts(RunOptions options) =>
        ((CompositionStarts[])[options.Em.Start, CompositionStarts.Uniform]).Distinct();

    private static SuiteMethod Em(CompositionStarts start) => new(
        $"em-{start.ToString().ToLowerInvariant()}",
        start switch
        {
            CompositionStarts.Uniform => "EM that begins with modules drawn at random, as in the paper",
            CompositionStarts.Clusters => "EM that begins with the cluster of the input",
            CompositionStarts.Input => "EM that begins with the number of the token",
            _ => "EM that begins with the controllers' most probable modules",
        },
        task => start == task.Em.Start ? task : AsInThePaper(task));

    // What else a start asks for, such as expected scores after clusters, goes with it.
    private static RunOptions AsInThePaper(RunOptions options) => options with
    {
        Em = options.Em with
        {
            Start = CompositionStarts.Uniform,
            Key = CompositionKeys.Datapoint,
            KeyExchange = false,
            KeyEvidence = 0,
        },
        Expected = new(),
    };

    private static RunOptions TopK(RunOptions options) => SuiteMethods.Mixed(Alone(options), Math.Max(2, options.Picks));

    /// <summary>Options without those of EM.</summary>
    private static RunOptions Alone(RunOptions options) => options with { Em = new(), Expected = new() };
}
