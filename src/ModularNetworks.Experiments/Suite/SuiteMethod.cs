namespace ModularNetworks.Experiments;

/// <summary>A method of the benchmark suite.</summary>
/// <param name="Name">The name, as in <c>--methods</c> and in names of folders. The names of EM's variants begin with <c>em</c>.</param>
/// <param name="Description">One sentence for lists.</param>
/// <param name="Options">Makes the method's options from those of a task.</param>
public sealed record SuiteMethod(string Name, string Description, Func<RunOptions, RunOptions> Options)
{
    /// <summary>The name of the method that all others are compared with.</summary>
    public const string Dense = "dense";

    /// <summary>The name of the method without modules that has M times the operations.</summary>
    public const string DenseWide = "dense-wide";

    private const string EmPrefix = "em";

    /// <summary>Whether the method can be trained on a task; on all, if nothing is said.</summary>
    public Func<SuiteTask, bool> AppliesTo { get; init; } = _ => true;

    /// <summary>
    /// How many times the multiply-adds of the modular network's prediction the network has at least, for which it is made wider.
    /// Takes the task's options. Null if the network keeps the task's width.
    /// </summary>
    public Func<RunOptions, int>? Widening { get; init; }

    /// <summary>
    /// Whether a method that is no variant of EM is also trained for as many steps as cost what the best EM's training costs.
    /// </summary>
    public bool IsTrainedLonger { get; init; } = true;

    /// <summary>Whether the method is a variant of EM.</summary>
    public bool IsEm => Name.StartsWith(EmPrefix, StringComparison.Ordinal);
}
