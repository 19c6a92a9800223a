namespace ModularNetworks.Experiments;

/// <summary>The methods that are compared on data of one's own: those of the suite, on the network that the options describe.</summary>
internal static class ComparisonMethods
{
    /// <summary>The methods, in the order in which they are trained and reported.</summary>
    /// <param name="options">The options of EM.</param>
    /// <param name="column">A column of a table whose categories modules may begin with; null if there is none.</param>
    public static IReadOnlyList<SuiteMethod> Of(RunOptions options, string? column) =>
    [
        new(SuiteMethod.Dense, "one network for all inputs, as wide as pays for the controllers' operations too", task => SuiteMethods.Fixed(Alone(task)))
        {
            Widening = _ => 1,
        },
        Em(options.Em.Start),
        .. column is null ? [] : (SuiteMethod[])[EmBy(column)],
        .. options.Em.Start == CompositionStarts.Uniform ? [] : (SuiteMethod[])[Em(CompositionStarts.Uniform)],
        new("topk", "noisy top-k gating, two modules or more at once, with an importance loss and a load loss", TopK) { IsTrainedLonger = false },
        new("reinforce", "REINFORCE with a moving average of the rewards", task => SuiteMethods.Reinforce(Alone(task))) { IsTrainedLonger = false },
        new(SuiteMethod.DenseWide, "one network for all inputs, with M times the operations", task => SuiteMethods.Fixed(Alone(task)))
        {
            Widening = task => task.Modules,
            IsTrainedLonger = false,
        },
    ];

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

    private static SuiteMethod EmBy(string column) => new(
        "em-column",
        $"EM that begins with the category in column {column}",
        task => task is TableOptions table ? table with { Reading = table.Reading with { ClusterColumns = column } } : task);

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
