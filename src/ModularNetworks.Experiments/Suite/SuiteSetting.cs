namespace ModularNetworks.Experiments;

/// <summary>A setting of the optimiser that a trial tries.</summary>
/// <param name="LearningRateFactor">Multiplies the task's learning rate.</param>
/// <param name="AddedWeightDecay">Is added to the task's weight decay.</param>
public sealed record SuiteSetting(double LearningRateFactor, double AddedWeightDecay)
{
    private const double WeightDecay = 0.1;

    /// <summary>
    /// The settings of all tasks that name no others, the base setting first and then what matters most: fewer trials try the first ones.
    /// </summary>
    public static IReadOnlyList<SuiteSetting> Usual { get; } =
    [
        new(1, 0),
        new(3, 0),
        new(1.0 / 3, 0),
        new(1, WeightDecay),
        new(3, WeightDecay),
        new(1.0 / 3, WeightDecay),
    ];

    /// <summary>Changes options to this setting.</summary>
    public RunOptions Apply(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var optimizer = options.Optimizer;
        return options with
        {
            Optimizer = optimizer with
            {
                LearningRate = optimizer.LearningRate * LearningRateFactor,
                WeightDecay = optimizer.WeightDecay + AddedWeightDecay,
            },
        };
    }
}
