namespace ModularNetworks.Bench;

/// <summary>One row of the comparison: a step of the language model at one size.</summary>
/// <param name="Kind">The kind of step.</param>
/// <param name="Modules">M, the number of modules.</param>
/// <param name="Parallel">K, the number of modules used at once.</param>
/// <param name="StepsPerRound">How many steps of each side are timed in a round.</param>
internal sealed record StepCase(StepKind Kind, int Modules, int Parallel, int StepsPerRound)
{
    /// <summary>The paper's two smallest models (Table 1) by every method. E-steps take longer, so fewer are timed.</summary>
    public static IReadOnlyList<StepCase> All { get; } =
    [
        new(StepKind.M, 5, 1, 15),
        new(StepKind.E, 5, 1, 5),
        new(StepKind.M, 15, 1, 15),
        new(StepKind.E, 15, 1, 5),
        new(StepKind.Reinforce, 5, 1, 15),
        new(StepKind.Reinforce, 15, 1, 15),
        new(StepKind.TopK, 5, 1, 15),
        new(StepKind.TopK, 15, 1, 15),
    ];

    /// <summary>Such as <c>M-step 5/1</c>.</summary>
    public string Name => $"{KindName} {Modules}/{Parallel}";

    private string KindName => Kind switch
    {
        StepKind.Reinforce => "REINFORCE",
        StepKind.TopK => "noisy top-4",
        _ => $"{Kind}-step",
    };
}
