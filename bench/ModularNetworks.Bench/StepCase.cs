namespace ModularNetworks.Bench;

/// <summary>One row of the comparison: a step of a model at one size.</summary>
/// <param name="Model">The model.</param>
/// <param name="Kind">The kind of step.</param>
/// <param name="Modules">M, the number of modules.</param>
/// <param name="Parallel">K, the number of modules used at once.</param>
/// <param name="StepsPerRound">How many steps of each side are timed in a round.</param>
internal sealed record StepCase(BenchModel Model, StepKind Kind, int Modules, int Parallel, int StepsPerRound)
{
    /// <summary>
    /// The paper's two smallest language models (Table 1) by every method, and its image classifiers by EM. The longer a step
    /// takes, the fewer are timed.
    /// </summary>
    public static IReadOnlyList<StepCase> All { get; } =
    [
        new(BenchModel.Text, StepKind.M, 5, 1, 15),
        new(BenchModel.Text, StepKind.E, 5, 1, 5),
        new(BenchModel.Text, StepKind.M, 15, 1, 15),
        new(BenchModel.Text, StepKind.E, 15, 1, 5),
        new(BenchModel.Text, StepKind.Reinforce, 5, 1, 15),
        new(BenchModel.Text, StepKind.Reinforce, 15, 1, 15),
        new(BenchModel.Text, StepKind.TopK, 5, 1, 15),
        new(BenchModel.Text, StepKind.TopK, 15, 1, 15),
        new(BenchModel.ImagesLinear, StepKind.M, 10, 2, 75),
        new(BenchModel.ImagesLinear, StepKind.E, 10, 2, 45),
        new(BenchModel.ImagesConv, StepKind.M, 10, 2, 75),
        new(BenchModel.ImagesConv, StepKind.E, 10, 2, 45),
    ];

    /// <summary>Such as <c>M-step 5/1</c>.</summary>
    public string Name => $"{ModelName}{KindName} {Modules}/{Parallel}";

    private string ModelName => Model switch
    {
        BenchModel.ImagesLinear => "images, linear: ",
        BenchModel.ImagesConv => "images, conv: ",
        _ => "",
    };

    private string KindName => Kind switch
    {
        StepKind.Reinforce => "REINFORCE",
        StepKind.TopK => "noisy top-4",
        _ => $"{Kind}-step",
    };
}
